import type { printers as english } from '../en/printers.ts'
import type { In } from '../kinds.ts'

export const printers: In<'de', typeof english> = {
  paper_out: 'kein Papier',
  cover_open: 'Klappe offen',
  offline: 'meldet sich nicht bereit',
  unreachable: 'nicht erreicht',
  bad_address: 'hat keine gültige Adresse',
  broke_off: 'brach beim Drucken ab',
  receiptsOf: 'Quittungen von {names}',
  ticketsOf: 'Bons von {names}',
  fallbackFor: 'Ersatz für {names}',
  drawer: 'Kassenlade',
  nothingItself: 'Druckt nichts von selbst',
  notUsed: 'Von dieser Kasse nicht benutzt',
  printing: 'Druckt, {n} warten',
  notAsked: 'Noch nicht gefragt',
  readyNothing: 'Bereit, noch nichts gedruckt',
  readyPrinted: 'Bereit, vor {age} gedruckt',
  andWaiting: '{trouble}, {n} warten',
  givenUp: { one: '{count} Auftrag aufgegeben', other: '{count} Aufträge aufgegeben' },
  cannotPrint: 'Kann {signs} nicht drucken',
}
