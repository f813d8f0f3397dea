import type { orders as english } from '../en/orders.ts'
import type { In } from '../kinds.ts'

export const orders: In<'de', typeof english> = {
  open: 'Offene Bestellungen',
  closed: 'Geschlossene Bestellungen',
  newestFirst: 'Neueste zuerst',
  readyFirst: 'Fertige zuerst, dann die ältesten',
  dueFirst: 'Was zuerst fällig ist, zuerst',
  which: 'Welche Bestellungen',
  tabOpen: 'Offen',
  tabClosed: 'Geschlossen',
  noneOpen: 'Keine offenen Bestellungen.',
  find: 'Nummer, Tisch, Name oder Telefon',
  missingBefore:
    'Bestellungen von vor dem {day} können fehlen: Sie sind in der Zentrale, die gerade nicht erreichbar ist.',
  noMatch: 'Keine geschlossene Bestellung passt.',
  nobodyTook: 'Niemand hat sie angenommen · wird storniert',
  due: 'offen',
  overpaid: 'überzahlt',
  paid: 'bezahlt',
  moveFrom: 'Umbuchen von {number}',
  moveAbout: 'Was die Küche davon hat, bleibt auf ihrem Bon, für den neuen Platz.',
  items: 'Artikel',
  chooseAll: 'Alle wählen',
  nothingMovable: 'Hier lässt sich nichts umbuchen.',
  toWhich: 'Auf welche Bestellung',
  noTarget: 'Keine andere Bestellung ist offen. Zuerst eine für den neuen Platz beginnen.',
  chooseWhat: 'Wählen, was umgebucht wird',
  moveChoose: {
    one: '{count} Artikel umbuchen: Bestellung wählen',
    other: '{count} Artikel umbuchen: Bestellung wählen',
  },
  moveTo: {
    one: '{count} Artikel auf {number} umbuchen',
    other: '{count} Artikel auf {number} umbuchen',
  },
  tables: 'Tische',
}
