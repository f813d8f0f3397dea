import type { printers as english } from '../en/printers.ts'
import type { In } from '../kinds.ts'

export const printers: In<'fr', typeof english> = {
  paper_out: 'plus de papier',
  cover_open: 'capot ouvert',
  offline: 'se dit pas prête',
  unreachable: 'injoignable',
  bad_address: 'n’a pas d’adresse valable',
  broke_off: 's’est arrêtée en imprimant',
  receiptsOf: 'Reçus de {names}',
  ticketsOf: 'Bons de {names}',
  fallbackFor: 'Secours pour {names}',
  drawer: 'Tiroir-caisse',
  nothingItself: 'N’imprime rien d’elle-même',
  notUsed: 'Pas utilisée par cette caisse',
  printing: 'Imprime, {n} en attente',
  notAsked: 'Pas encore interrogée',
  readyNothing: 'Prête, rien imprimé encore',
  readyPrinted: 'Prête, a imprimé il y a {age}',
  andWaiting: '{trouble}, {n} en attente',
  givenUp: { one: '{count} travail abandonné', other: '{count} travaux abandonnés' },
  cannotPrint: 'Ne peut imprimer {signs}',
}
