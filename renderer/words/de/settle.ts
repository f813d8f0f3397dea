import type { settle as english } from '../en/settle.ts'
import type { In } from '../kinds.ts'

export const settle: In<'de', typeof english> = {
  overpaid: '{amount} zu viel bezahlt',
  handedOver: 'Storniert und trotzdem ausgegeben',
  cooked: 'Storniert und trotzdem gekocht · {amount}',
  movedTo: 'Storniert, während darauf umgebucht wurde · {amount}',
  paidAfter: 'Storniert, und {amount} vom Gast sind da',
  cardUnclear:
    'Eine Karte wurde um {amount} gebeten, und das Terminal sagt nicht, was daraus wurde',
  anItem: 'ein Artikel',
  did_asked: 'bat eine Karte um {amount}',
  did_cancelled: 'hat storniert',
  did_completed: 'hat ausgegeben',
  did_moved: 'buchte {name} darauf um',
  did_paid: 'nahm {amount}',
  did_preparing: 'begann {name}',
  did_ready: 'beendete {name}',
  personOn: '{person} an {device}',
  title: 'Zu klären',
  about: 'Geschehen auf Geräten, die einander nicht sahen oder entfernt waren',
  none: 'Nichts zu klären.',
  putBackTo: 'Zurück auf {number}',
  taken: 'Genommen: es gibt einen Beleg',
  notTaken: 'Nicht genommen',
  touched: 'Betroffene Bestellungen',
  isRight: 'Es stimmt',
}
