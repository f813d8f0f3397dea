import type { discount as english } from '../en/discount.ts'
import type { In } from '../kinds.ts'

export const discount: In<'de', typeof english> = {
  title: 'Rabatt auf {number}',
  about: 'Auf Artikel für {amount}',
  back: 'Rabatt zurücknehmen',
  discount: 'Rabatt',
  compAll: 'Aufs Haus, alles',
  chooseFirst: 'Zuerst die Höhe wählen.',
  comp: 'Aufs Haus',
  takeOff: '{percent} abziehen',
  withManager: '{action}, mit der Leitung',
  other: 'Anderer Prozentsatz',
  amount: 'Betrag',
  amountOff: '{amount} abziehen',
}
