import type { stock as english } from '../en/stock.ts'
import type { In } from '../kinds.ts'

export const stock: In<'fr', typeof english> = {
  oversold: 'Survendu',
  out: 'Épuisé',
  low: 'Bas',
  notCounted: 'Pas compté',
}
