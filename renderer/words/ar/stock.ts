import type { stock as english } from '../en/stock.ts'
import type { In } from '../kinds.ts'

export const stock: In<'ar', typeof english> = {
  oversold: 'بيع أكثر من المتوفر',
  out: 'نفد',
  low: 'قليل',
  notCounted: 'غير معدود',
}
