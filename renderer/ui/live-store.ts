import { create } from 'zustand'
import type { Alert } from '../../domain/alerts.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { ItemLeft } from '../../domain/stock-list.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import type {
  DeviceStatus,
  SignedIn,
  TerminalMessage,
  WireCatalog,
} from '../../protocol/screens.ts'

/** What the terminal process says, as it said it last. */
export interface Live {
  readonly isLinked: boolean
  /** This screen's clock at the last message; null: none yet. */
  readonly heardAtMs: number | null
  /** The terminal's wall clock minus this screen's, taken from its status. */
  readonly clockOffsetMs: number
  /** This device belongs to no store yet. */
  readonly joining: Extract<TerminalMessage, { type: 'joining' }> | null
  readonly device: Extract<TerminalMessage, { type: 'welcome' }> | null
  readonly catalog: Catalog | null
  /** Of items of which somebody keeps count. */
  readonly leftByItem: ReadonlyMap<string, ItemLeft>
  /** What this till sold most, the most sold first: the same all day. */
  readonly popularItemIds: readonly string[]
  readonly ordersById: ReadonlyMap<string, ShownOrder>
  readonly hasOrders: boolean
  /** Orders that a second device holds as well, as far as the terminal knows. */
  readonly savedOnTwoIds: ReadonlySet<string>
  /** What somebody has to look at; who is signed in decides which of it is shown. */
  readonly alerts: readonly Alert[]
  readonly status: DeviceStatus | null
  readonly signedIn: SignedIn | null
}

export const useLive = create<Live>(() => ({
  isLinked: false,
  heardAtMs: null,
  clockOffsetMs: 0,
  joining: null,
  device: null,
  catalog: null,
  leftByItem: new Map(),
  popularItemIds: [],
  ordersById: new Map(),
  hasOrders: false,
  savedOnTwoIds: new Set(),
  alerts: [],
  status: null,
  signedIn: null,
}))

export const setLinked = (isLinked: boolean) => useLive.setState({ isLinked })

export function receive(message: Exclude<TerminalMessage, { type: 'answer' }>, nowMs: number) {
  useLive.setState((live) => ({ heardAtMs: nowMs, ...changeFrom(live, message, nowMs) }))
}

/** The order as an answer brought it, unless a newer one has come in the meantime. */
export function receiveOrder(order: ShownOrder) {
  useLive.setState((live) => {
    const held = live.ordersById.get(order.id)
    if (held !== undefined && held.version > order.version) return live
    return { ordersById: new Map(live.ordersById).set(order.id, order) }
  })
}

function changeFrom(
  live: Live,
  message: Exclude<TerminalMessage, { type: 'answer' }>,
  nowMs: number,
): Partial<Live> {
  switch (message.type) {
    case 'joining':
      return { joining: message }
    case 'welcome':
      return { joining: null, device: message }
    case 'catalog':
      return { catalog: readCatalog(message.catalog) }
    case 'stock':
      return { leftByItem: new Map(message.items.map((item) => [item.itemId, item])) }
    case 'popular':
      return { popularItemIds: message.itemIds }
    case 'orders':
      return { ordersById: mergeOrders(live.ordersById, message), hasOrders: true }
    case 'saved':
      return { savedOnTwoIds: mergeSaved(live.savedOnTwoIds, message) }
    case 'alerts':
      return { alerts: message.alerts }
    case 'status':
      return { status: message.status, clockOffsetMs: steady(live, message.status.nowMs - nowMs) }
    case 'signedIn':
      return { signedIn: message.staff }
  }
}

/** The way of a message takes now more, now less: that is no reason to build every timer anew. */
const STEADY_MS = 250

const steady = ({ clockOffsetMs, status }: Live, offsetMs: number): number =>
  status !== null && Math.abs(offsetMs - clockOffsetMs) < STEADY_MS ? clockOffsetMs : offsetMs

export function mergeOrders(
  before: ReadonlyMap<string, ShownOrder>,
  message: Pick<Extract<TerminalMessage, { type: 'orders' }>, 'reset' | 'orders' | 'gone'>,
): ReadonlyMap<string, ShownOrder> {
  const after = new Map(message.reset ? [] : before)
  for (const order of message.orders) after.set(order.id, order)
  for (const id of message.gone) after.delete(id)
  return after
}

function mergeSaved(
  before: ReadonlySet<string>,
  message: Extract<TerminalMessage, { type: 'saved' }>,
): ReadonlySet<string> {
  const after = new Set(message.reset ? [] : before)
  for (const id of message.onTwo) after.add(id)
  for (const id of message.onlyHere) after.delete(id)
  return after
}

/** `catalogFromWire` does the same, but stands beside the schemas, which a page has no use for. */
function readCatalog(wire: WireCatalog): Catalog {
  return Object.fromEntries(
    Object.entries(wire).map(([kind, records]) => [kind, new Map<string, unknown>(records)]),
  ) as unknown as Catalog
}
