import type { approval as english } from '../en/approval.ts'
import type { In } from '../kinds.ts'

export const approval: In<'de', typeof english> = {
  title: 'Die Leitung muss das freigeben',
  which: 'Wer von der Leitung?',
  createOrder: 'Ein freier Artikel über der Grenze',
  addLines: 'Ein freier Artikel über der Grenze',
  changeLine: 'Ein freier Artikel über der Grenze',
  compLine: 'Ein Artikel ohne Berechnung',
  setServiceCharge: 'Ein anderer Bedienungszuschlag',
  changeDetails: 'Mehr zusagen, als die Küche schafft',
  voidLine: 'Artikel stornieren, den die Küche hat',
  cancelOrder: 'Bestellung stornieren, die die Küche hat',
  setDiscount: 'Rabatt über der Grenze',
  refundPayment: 'Erstattung',
  openDrawer: 'Lade ohne Verkauf öffnen',
}
