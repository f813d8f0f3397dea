import { decimal as decimalOf } from '../csv.ts'

/** Amounts and times as they stand on paper: figures that every printer has. */

/** `-12.50`, with as many decimals as the currency has. */
export const decimal = (amount: number, currency: string): string => decimalOf({ amount, currency })

/** `2026-11-22 19:04` in the store's own zone. */
export function timeOf(iso: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(iso))
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`
}
