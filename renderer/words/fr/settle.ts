import type { settle as english } from '../en/settle.ts'
import type { In } from '../kinds.ts'

export const settle: In<'fr', typeof english> = {
  overpaid: '{amount} payés en trop',
  handedOver: 'Annulée, et remise quand même',
  cooked: 'Annulée, et cuisinée quand même · {amount}',
  movedTo: 'Annulée pendant qu’on y déplaçait des articles · {amount}',
  paidAfter: 'Annulée, et {amount} du client sont là',
  cardUnclear: '{amount} demandés à une carte, et le terminal ne dit pas la suite',
  anItem: 'un article',
  did_asked: 'a demandé {amount} à une carte',
  did_cancelled: 'l’a annulée',
  did_completed: 'l’a remise',
  did_moved: 'y a déplacé {name}',
  did_paid: 'a encaissé {amount}',
  did_preparing: 'a commencé {name}',
  did_ready: 'a fini {name}',
  personOn: '{person} sur {device}',
  title: 'À régler',
  about: 'Fait sur des appareils qui ne se voyaient pas, ou retirés',
  none: 'Rien à régler.',
  putBackTo: 'Remettre sur {number}',
  taken: 'Encaissé : il y a un ticket',
  notTaken: 'Non encaissé',
  touched: 'Commandes touchées',
  isRight: 'C’est juste',
}
