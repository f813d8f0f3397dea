import type { reason as english } from '../en/reason.ts'
import type { In } from '../kinds.ts'

export const reason: In<'de', typeof english> = {
  changedMind: 'Gast hat sich umentschieden',
  mistake: 'Falsch eingegeben',
  soldOut: 'Ausverkauft',
  sentBack: 'Zurückgegeben',
  tooLong: 'Dauerte zu lange',
  guestLeft: 'Gast ist gegangen',
  duplicate: 'Doppelte Bestellung',
  cannotMake: 'Küche kann es nicht machen',
  testOrder: 'Testbestellung',
  regular: 'Stammgast',
  longWait: 'Lange Wartezeit',
  complaint: 'Reklamation',
  staffMeal: 'Personalessen',
  onTheHouse: 'Aufs Haus',
  paidTwice: 'Doppelt bezahlt',
  guestComplaint: 'Reklamation des Gastes',
  wrongAmount: 'Falscher Betrag',
  orderCancelled: 'Bestellung storniert',
  change: 'Wechselgeld für einen Gast',
  wrongChange: 'Falsch herausgegeben',
  counting: 'Zählen',
  test: 'Test',
  slip: 'Es gibt einen Beleg',
  noSlip: 'Es gibt keinen Beleg',
}
