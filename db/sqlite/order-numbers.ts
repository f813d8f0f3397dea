import type { Connection } from './connection.ts'
import type { LocalSettings } from './local-settings.ts'
import { prepare } from './statements.ts'

/**
 * This device's own count of orders in a business day (rule N1): the highest number that orders
 * with its code carry, also those which another device gave back to it, or that it has ever given
 * out. The two differ where one tap reached two devices: the order then has one of two numbers, and
 * the other one is on paper already.
 */
export interface OrderNumbers {
  readonly next: (businessDay: string) => number
  /** In memory alone: the order that is being written says it on disk. */
  readonly used: (businessDay: string, count: number) => void
  /** A number that its order does not carry any more. Within the transaction that changes it. */
  readonly givenOut: (order: { readonly businessDay: string; readonly number: string }) => void
  /** Counts anew from what is on disk. */
  readonly forget: () => void
}

/** Days of which the count is kept. A clock that is wrong by more than that is noticed first. */
const MAX_DAYS = 8

export function createOrderNumbers(
  connection: Connection,
  local: LocalSettings,
  deviceCode: string,
): OrderNumbers {
  const select = prepare(
    connection,
    connection.sql
      .selectFrom('orders')
      .select('order_number')
      .where('business_day', '=', '')
      .where('order_number', 'like', ''),
  )
  const prefix = `${deviceCode}-`
  const lastByDay = new Map<string, number>()
  let given = readGiven()

  function readGiven(): readonly (readonly [day: string, count: number])[] {
    return JSON.parse(local.get('order_counts') ?? '[]') as [string, number][]
  }

  function last(businessDay: string): number {
    const known = lastByDay.get(businessDay)
    if (known !== undefined) return known
    const numbers = select.all(businessDay, `${prefix}%`).map((row) => countOf(row.order_number))
    const count = Math.max(0, givenOn(businessDay), ...numbers)
    lastByDay.set(businessDay, count)
    return count
  }

  /** 0: not a number of this device's. */
  function countOf(number: string): number {
    const count = Number(number.slice(prefix.length))
    return number.startsWith(prefix) && Number.isSafeInteger(count) ? count : 0
  }

  const givenOn = (businessDay: string): number =>
    given.find(([day]) => day === businessDay)?.[1] ?? 0

  return {
    next: (businessDay) => last(businessDay) + 1,
    used: (businessDay, count) => void lastByDay.set(businessDay, count),
    givenOut({ businessDay, number }) {
      const count = Math.max(givenOn(businessDay), countOf(number))
      if (count === givenOn(businessDay)) return
      const others = given.filter(([day]) => day !== businessDay)
      given = [...others, [businessDay, count] as const].slice(-MAX_DAYS)
      local.set('order_counts', JSON.stringify(given))
    },
    forget() {
      lastByDay.clear()
      given = readGiven()
    },
  }
}
