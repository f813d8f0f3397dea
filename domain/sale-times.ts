import { STORE_RECORD_ID, type Catalog, type Channel } from './catalog.ts'
import type { TimeWindow } from './menu-records.ts'
import { scaleMinor } from './money.ts'

/**
 * What the hour and the channel say of the menu: what is sold, and for how much. Hours are read off
 * the store's own clock on the wall, so that breakfast ends at eleven also on the day on which the
 * clocks change; an hour that they show twice counts twice.
 */
export interface Occasion {
  readonly channel: Channel
  readonly atMs: number
}

interface Sold {
  readonly id: string
  readonly categoryId: string
}

/** Whether an item, or a combo, is sold at this hour. What no record names always is. */
export function isOnSale(catalog: Catalog, { id, categoryId }: Sold, atMs: number): boolean {
  if (catalog.sale_times.size === 0) return true
  const naming = [...catalog.sale_times.values()].filter(
    ({ itemIds, categoryIds }) => itemIds.includes(id) || categoryIds.includes(categoryId),
  )
  return naming.length === 0 || naming.some(({ windows }) => isWithin(catalog, windows, atMs))
}

export interface LevelPrice {
  readonly priceMinor: number
  /** The price level that it comes from; null: it is the menu's own. */
  readonly level: { readonly id: string; readonly name: string } | null
}

/** The first level that counts now and has a price for it decides; else its own price stands. */
export function priceNow(
  catalog: Catalog,
  sold: Sold & { readonly priceMinor: number },
  occasion: Occasion,
): LevelPrice {
  for (const [id, level] of levelsInOrder(catalog)) {
    const { channels, windows, name } = level
    if (channels.length > 0 && !channels.includes(occasion.channel)) continue
    if (windows.length > 0 && !isWithin(catalog, windows, occasion.atMs)) continue
    const own = level.prices.find(({ itemId }) => itemId === sold.id)
    if (own) return { priceMinor: own.priceMinor, level: { id, name } }
    const share = level.categories.find(({ categoryId }) => categoryId === sold.categoryId)
    if (share) {
      const priceMinor = scaleMinor(sold.priceMinor, share.ratePpm, 1_000_000)
      return { priceMinor, level: { id, name } }
    }
  }
  return { priceMinor: sold.priceMinor, level: null }
}

const levelsInOrder = ({ price_level: levels }: Catalog) =>
  levels.size === 0
    ? []
    : [...levels].toSorted(([idA, a], [idB, b]) => a.position - b.position || (idA < idB ? -1 : 1))

/** The rate that counts for a tax in a channel: the one that stands in its place there, or itself. */
export function taxRateIdIn(catalog: Catalog, taxRateId: string, channel: Channel): string {
  const instead = catalog.channel_tax.get(taxRateId)
  return instead?.[channel === 'dine_in' ? 'dineIn' : channel] ?? taxRateId
}

function isWithin(catalog: Catalog, windows: readonly TimeWindow[], atMs: number): boolean {
  const zone = catalog.store.get(STORE_RECORD_ID)?.timeZone ?? 'UTC'
  const { day, minute } = wallTime(zone, atMs)
  return windows.some((window) => contains(window, day, minute))
}

function contains(window: TimeWindow, day: number, minute: number): boolean {
  const { days, fromMinutes, toMinutes } = window
  const beginsToday = days.includes(day)
  if (fromMinutes < toMinutes) return beginsToday && minute >= fromMinutes && minute < toMinutes
  const beganYesterday = days.includes(day === 1 ? 7 : day - 1)
  return (beginsToday && minute >= fromMinutes) || (beganYesterday && minute < toMinutes)
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** The weekday (1 is Monday) and the minute of the day that a clock in the zone shows. */
export function wallTime(timeZone: string, atMs: number): { day: number; minute: number } {
  const parts = new Map(
    formatterFor(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  )
  return {
    day: DAYS.indexOf(parts.get('weekday') ?? '') + 1,
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      hour: 'numeric',
      minute: 'numeric',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter
}
