import type { stock as english } from '../en/stock.ts'
import type { In } from '../kinds.ts'

export const stock: In<'de', typeof english> = {
  oversold: 'Überverkauft',
  out: 'Nichts mehr da',
  low: 'Knapp',
  notCounted: 'Nicht gezählt',
}
