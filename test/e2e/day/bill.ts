import { share, part } from './cents.ts'
import type { Station } from './card.ts'

/**
 * What one guest owes, kept beside the tills as a waiter would on a pad: from the story's own numbers
 * alone, so that it can say that a till is wrong.
 */
export interface BillLine {
  readonly name: string
  /** One of it, with what was chosen, in cents. */
  each: number
  quantity: number
  /** Of a million. */
  readonly tax: number
  readonly station: Station | null
  /** Where a part of it is made as well. */
  readonly also: Station | null
  readonly seat: number | null
  readonly course: string | null
  /** As it stands on the card: one more of it is no line of its own. */
  readonly isPlain: boolean
  isSent: boolean
  fate: 'sold' | 'void' | 'comp'
}

export interface Payment {
  readonly how: 'Cash' | 'Card' | 'Paid online'
  readonly at: string
  readonly amount: number
  readonly tip: number
  /** What was given back of it, and at which till. */
  back: number
  backAt: string | null
}

export type Channel = 'Dine-in' | 'Takeout' | 'Delivery' | 'Online'

export interface Bill {
  readonly story: number
  number: string
  channel: Channel
  table: string | null
  lines: BillLine[]
  /** Percent. */
  discount: number
  service: number
  readonly payments: Payment[]
  isCancelled: boolean
  /** All of it is on another bill. */
  isMerged: boolean
  /** When a guest was told that it can be had, in the till's words. */
  promised: string
  /** When it was last sent, by the test's own clock. */
  sentMs: number
  /** Courses that wait for a word. */
  readonly held: Set<string>
  /** How many tickets each station has of it, and has made. */
  readonly tickets: Map<Station, number>
}

export const newBill = (story: number): Bill => ({
  story,
  number: '',
  channel: 'Dine-in',
  table: null,
  lines: [],
  discount: 0,
  service: 0,
  payments: [],
  isCancelled: false,
  isMerged: false,
  promised: '',
  sentMs: 0,
  held: new Set(),
  tickets: new Map(),
})

export interface Cost {
  readonly gross: number
  readonly discount: number
  readonly service: number
  /** By rate, of a million: on what, and how much. */
  readonly taxes: ReadonlyMap<number, { readonly on: number; readonly tax: number }>
  readonly tips: number
  readonly total: number
  readonly due: number
}

const grossOf = ({ each, quantity, fate }: BillLine): number =>
  fate === 'comp' ? 0 : each * quantity

/** Of a line with nothing taken off: what a guest pays who pays for just that. */
export const withTax = (line: BillLine): number =>
  grossOf(line) + part(grossOf(line), line.tax, 1_000_000)

export function costOf(bill: Bill): Cost {
  const lines = bill.lines.filter(({ fate }) => fate !== 'void')
  const gross = sum(lines.map(grossOf))
  const discount = part(gross, bill.discount, 100)
  const off = share(discount, lines.map(grossOf))
  const taxes = new Map<number, { on: number; tax: number }>()
  lines.forEach((line, place) => {
    const on = grossOf(line) - (off[place] ?? 0)
    const before = taxes.get(line.tax) ?? { on: 0, tax: 0 }
    const tax = part(on, line.tax, 1_000_000)
    taxes.set(line.tax, { on: before.on + on, tax: before.tax + tax })
  })
  const service = lines.length === 0 ? 0 : part(gross - discount, bill.service, 100)
  const tips = sum(bill.payments.map(({ tip }) => tip))
  const tax = sum([...taxes.values()].map((one) => one.tax))
  const total = gross - discount + service + tax + tips
  const taken = sum(bill.payments.map(({ amount, tip }) => amount + tip))
  return { gross, discount, service, taxes, tips, total, due: total - taken }
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** So much of it goes to the kitchen now, as one ticket for each station. */
export function fire(bill: Bill, isGoing: (line: BillLine) => boolean): void {
  const going = bill.lines.filter((line) => !line.isSent && isGoing(line))
  for (const line of going) line.isSent = true
  const sold = going.filter(({ fate }) => fate === 'sold')
  for (const station of new Set(sold.flatMap((line) => [line.station, line.also]))) {
    if (station !== null) addTickets(bill, station, 1)
  }
}

/** What the kitchen has of one bill stands on the other's tickets from now on. */
export function putOn(other: Bill, bill: Bill): void {
  other.lines.push(...bill.lines)
  for (const [station, count] of bill.tickets) addTickets(other, station, count)
  bill.lines = []
  bill.tickets.clear()
  bill.isMerged = true
}

const addTickets = ({ tickets }: Bill, station: Station, count: number): void =>
  void tickets.set(station, (tickets.get(station) ?? 0) + count)
