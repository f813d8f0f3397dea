import type { common as english } from '../en/common.ts'
import type { In } from '../kinds.ts'

export const common: In<'fr', typeof english> = {
  language: 'Langue',
  close: 'Fermer',
  back: 'Retour',
  deleteLastDigit: 'Effacer le dernier chiffre',
  thisDevice: 'Cet appareil',
  seconds: '{n} s',
  minutes: '{n} min',
  hours: '{h} h {min} min',
  days: { one: '{count} jour', other: '{count} jours' },
  nothing: '',
  amount: 'Montant',
  reason: 'Motif',
  reasonWords: 'Motif en toutes lettres',
  note: 'Note',
  search: 'Rechercher',
  remove: 'Retirer',
  quantity: 'Quantité',
  oneLess: 'Un de moins',
  oneMore: 'Un de plus',
  orders: { one: '{count} commande', other: '{count} commandes' },
}
