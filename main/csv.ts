import { currencyDigits, formatPrice } from './menu-file/decimal-price.ts'

/** Tables for spreadsheets, by RFC 4180. */

/** A text is guarded; an amount or a number is what it is. */
export type CsvCell = string | number | null | CsvAmount

export interface CsvAmount {
  readonly amount: number
  readonly currency: string
}

export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(',')}\r\n`

export function csvCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'object') return decimal(cell)
  // A spreadsheet takes what begins like this for a formula, and would carry it out.
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** `-12.50`: as many decimals as the currency has. */
export function decimal({ amount, currency }: CsvAmount): string {
  // What no currency can be called came from a device that writes what it likes.
  const digits = /^[A-Za-z]{3}$/.test(currency) ? currencyDigits(currency) : 2
  return amount < 0 ? `-${formatPrice(-amount, digits)}` : formatPrice(amount, digits)
}
