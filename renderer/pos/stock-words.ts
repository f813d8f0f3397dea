import type { StockRow } from '../../domain/stock-list.ts'
import { inOnePiece } from '../words/one-piece.ts'
import { perLanguage } from '../words/per-language.ts'
import { spoken } from '../words/spoken.ts'

/** Amounts of stock as people write and type them. */

const MILLI = 1_000
const amountFormat = perLanguage(
  (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }),
)

/** 1500 g as `1.5 g`; what nobody counts is `–`. */
export function amountText(milli: number | null, unit: string): string {
  if (milli === null) return '–'
  const text = amountFormat().format(milli / MILLI)
  return unit === 'piece' ? text : inOnePiece(`${text} ${unit}`)
}

/** Null: it is no amount with up to three decimals. */
export function parseAmount(text: string): number | null {
  const match = /^(\d{1,6})(?:[.,](\d{1,3}))?$/.exec(text.trim())
  if (match === null) return null
  const [, whole = '', fraction = ''] = match
  return Number(whole) * MILLI + Number(fraction.padEnd(3, '0'))
}

export type StockState = 'oversold' | 'out' | 'low' | 'unknown' | 'fine'

export function stateOf({ levelMilli, low, oversold }: StockRow): StockState {
  if (levelMilli === null) return 'unknown'
  if (oversold) return 'oversold'
  if (levelMilli === 0) return 'out'
  return low ? 'low' : 'fine'
}

export const STATE_NAMES: Readonly<Record<StockState, string>> = spoken({
  oversold: 'stock.oversold',
  out: 'stock.out',
  low: 'stock.low',
  unknown: 'stock.notCounted',
  fine: 'common.nothing',
})
