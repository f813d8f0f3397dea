import type { common as english } from '../en/common.ts'
import type { In } from '../kinds.ts'

export const common: In<'de', typeof english> = {
  language: 'Sprache',
  close: 'Schließen',
  back: 'Zurück',
  deleteLastDigit: 'Letzte Ziffer löschen',
  thisDevice: 'Dieses Gerät',
  seconds: '{n} s',
  minutes: '{n} Min.',
  hours: '{h} Std. {min} Min.',
  days: { one: '{count} Tag', other: '{count} Tage' },
  nothing: '',
  amount: 'Betrag',
  reason: 'Grund',
  reasonWords: 'Grund in Worten',
  note: 'Notiz',
  search: 'Suchen',
  remove: 'Entfernen',
  quantity: 'Menge',
  oneLess: 'Eins weniger',
  oneMore: 'Eins mehr',
  orders: { one: '{count} Bestellung', other: '{count} Bestellungen' },
}
