import type { Catalog, RecordValue } from './catalog.ts'
import type { AlsoAs, OrderEvent, OrderEventOf } from './events.ts'
import type { AlsoFired, LineState, OrderState } from './evolve.ts'
import { ticketIdOf } from './ids.ts'
import type { LineView } from './order-view.ts'

/**
 * A line is made at one station, and may be at others as well: to be read there, or for a part that
 * is made there. Which, is written down as it is fired, so that no later setting changes it. What a
 * station gets of one firing is one ticket all the same, whatever it gets it for (rule K1).
 */
export interface AlsoAt {
  readonly stationId: string
  readonly ticketId: string
  readonly as: AlsoAs
  /** Of what is made there; what is only shown stays queued. */
  readonly mark: 'queued' | 'preparing' | 'ready'
}

type Station = RecordValue<'station'>

const names = (
  items: readonly string[] | undefined,
  categories: readonly string[] | undefined,
  itemId: string,
  categoryId: string | undefined,
): boolean =>
  items?.includes(itemId) === true ||
  (categoryId !== undefined && categories?.includes(categoryId) === true)

function asAt(station: Station, itemId: string, categoryId: string | undefined): AlsoAs | null {
  const { alsoMakesItemIds, alsoMakesCategoryIds, alsoShowsItemIds, alsoShowsCategoryIds } = station
  if (names(alsoMakesItemIds, alsoMakesCategoryIds, itemId, categoryId)) return 'make'
  return names(alsoShowsItemIds, alsoShowsCategoryIds, itemId, categoryId) ? 'show' : null
}

/** Beside a firing: where its lines go to as well. Of a store without such stations nothing. */
export function firedAlso(
  catalog: Catalog,
  { orderId, firingId }: OrderEventOf<'order.fired'>,
  lines: readonly LineView[],
): OrderEvent[] {
  const stations = [...catalog.station].filter(([, station]) => isAlsoAnything(station))
  if (stations.length === 0) return []
  const fired = lines.flatMap(({ id: lineId, itemId, stationId: own }) => {
    if (own === null) return []
    const categoryId = catalog.menu_item.get(itemId)?.categoryId
    return stations.flatMap(([stationId, station]) => {
      const as = stationId === own ? null : asAt(station, itemId, categoryId)
      return as === null ? [] : [{ lineId, stationId, as }]
    })
  })
  if (fired.length === 0) return []
  return [{ type: 'order.fired_also', orderId, firingId, lines: fired.slice(0, MAX_ALSO) }]
}

/** As many as one event holds. */
const MAX_ALSO = 500

const isAlsoAnything = (station: Station): boolean =>
  station.alsoMakesItemIds !== undefined ||
  station.alsoMakesCategoryIds !== undefined ||
  station.alsoShowsItemIds !== undefined ||
  station.alsoShowsCategoryIds !== undefined

/** Where else one firing has brought a line; undefined: nowhere. */
export function alsoAtOf(
  { firings }: OrderState,
  firingId: string,
  lineId: string,
  line: LineState,
): readonly AlsoAt[] | undefined {
  const firing = firings[firingId]
  if (firing?.also === undefined) return undefined
  const own = firing.lines[lineId]?.value
  const found = Object.values(firing.also)
    .map(({ value }) => value)
    .filter((one: AlsoFired) => one.lineId === lineId && one.stationId !== own)
    .toSorted((a, b) => (a.stationId < b.stationId ? -1 : 1))
    .map(({ stationId, as }): AlsoAt => ({
      stationId,
      ticketId: ticketIdOf(firingId, stationId),
      as,
      mark: line.alsoMarks?.[stationId]?.mark?.value ?? 'queued',
    }))
  return found.length === 0 ? undefined : found
}

const RANK = { queued: 0, preparing: 1, ready: 2 } as const

/** A line is ready when all its parts are, and begun when one is. */
export function markOfParts(
  own: 'queued' | 'preparing' | 'ready',
  also: readonly AlsoAt[] | undefined,
): 'queued' | 'preparing' | 'ready' {
  if (also === undefined) return own
  const marks = [own, ...also.filter(({ as }) => as === 'make').map(({ mark }) => mark)]
  if (marks.every((mark) => mark === 'ready')) return 'ready'
  return marks.some((mark) => RANK[mark] > 0) ? 'preparing' : 'queued'
}

/** Whether a ticket has something of the line to be made, and does not only tell of it. */
export const isMadeOn = (
  { ticketId: own, also }: Pick<LineView, 'ticketId' | 'also'>,
  ticketId: string,
): boolean =>
  own === ticketId ||
  also?.some((part) => part.ticketId === ticketId && part.as === 'make') === true
