import type { stock as english } from '../en/stock.ts'
import type { In } from '../kinds.ts'

export const stock: In<'es', typeof english> = {
  oversold: 'Vendido de más',
  out: 'Agotado',
  low: 'Poco',
  notCounted: 'Sin contar',
}
