import type { news as english } from '../en/news.ts'
import type { In } from '../kinds.ts'

export const news: In<'fr', typeof english> = {
  moved: {
    one: '{count} article passé sur {number} · {place}',
    other: '{count} articles passés sur {number} · {place}',
  },
  sent: '{number} envoyée · {place}',
  settled: '{number} : réglé',
  cancelled: '{number} annulée',
  handedOver: '{number} remise',
  backToCard: '{number} : {amount} retournent sur la carte',
  backInCash: '{number} : rendre {amount} en espèces',
  putBack: '{number} : remis sur {to}',
  lateAccepted: 'Ce que {device} a écrit est accepté',
  printsX: 'Le rapport X s’imprime',
  printsZ: 'Le rapport Z s’imprime',
  duplicate: 'Le duplicata de {number} part à l’imprimante',
  toPrinter: '{number} part à l’imprimante',
  testPage: 'Une page d’essai part à {name}',
  drawerOpens: 'Le tiroir s’ouvre',
  notConnected: 'Pas de liaison avec cette caisse. Rien n’a changé ; réessayez à son retour.',
  dismiss: 'Masquer',
}
