import type { OrderView } from '../../domain/order-view.ts'
import { openConflicts } from '../../domain/conflicts.ts'
import { findConflicts } from '../../db/sqlite/conflict-queries.ts'
import { isClosed } from '../../db/sqlite/order-projection.ts'
import { findOrderIds } from '../../db/sqlite/order-queries.ts'
import { itemsLeft } from '../../domain/stock-list.ts'
import type { OrderSearch } from '../../domain/order-filter.ts'
import { readOrderHeads } from '../../db/sqlite/order-heads.ts'
import type { Store } from '../../db/sqlite/store.ts'
import {
  catalogToWire,
  SCREENS_PROTOCOL,
  type DeviceStatus,
  type TerminalMessage,
} from '../../protocol/screens.ts'
import type { OlderOrders } from '../older-orders.ts'
import type { Holding } from '../../sync/peers.ts'
import type { Logger } from '../logger.ts'
import type { Alerts } from '../alerts/alerts.ts'
import type { Approvals } from '../approvals.ts'
import type { Drawer } from '../drawer/drawer.ts'
import type { Printing } from '../printing/printing.ts'
import { LOCKED_READER } from '../personal-data/customers.ts'
import type { Guests } from '../personal-data/guests.ts'
import { createSaved, type SavedChange } from './saved.ts'
import type { CustomerCalls } from './customer-calls.ts'
import type { DrawerCalls } from './drawer-calls.ts'
import type { FloorCalls } from './floor-calls.ts'
import type { PictureCalls } from './picture-calls.ts'
import type { StaffCalls } from './staff-calls.ts'
import type { StockCalls } from './stock-calls.ts'
import type { VoucherCalls } from './voucher-calls.ts'
import { createScreenSession, type ScreenCarrier, type ScreenSession } from './screen-session.ts'
import type { SettingsCalls } from './settings-calls.ts'
import type { TrainingCalls } from './training-calls.ts'
import type { ShiftCalls } from './shift-calls.ts'
import type { ReportCalls } from './report-calls.ts'
import type { DeviceCalls } from './device-calls.ts'
import type { SignIn } from './sign-in.ts'

/** Closed orders with something to settle stay until it is, the newest of them at a device's start. */
const MAX_CONFLICTED_AT_START = 200
/** Closed orders stay on the screens for so long, for a recall or a second look. */
const KEEP_CLOSED_MS = 60 * 60_000
const MAX_KEPT_CLOSED = 300
const STATUS_EVERY_MS = 1_000
/** Nobody runs for an alert: reading all stock for it costs milliseconds. */
const ALERTS_EVERY_MS = 3_000
/** How soon a screen shows that a second device has an order. */
const SAVED_EVERY_MS = 250

export interface ScreensDeps {
  readonly store: Store
  readonly guests: Pick<Guests, 'customers' | 'execute' | 'onReadable'>
  readonly searchOrders: (text: string) => OrderSearch
  readonly older: OlderOrders
  readonly signIn: SignIn
  readonly approvals: Approvals
  readonly deviceCalls: DeviceCalls
  readonly customerCalls: CustomerCalls
  readonly drawerCalls: DrawerCalls
  readonly staffCalls: StaffCalls
  readonly stockCalls: StockCalls
  readonly voucherCalls: VoucherCalls
  readonly floorCalls: FloorCalls
  readonly pictureCalls: PictureCalls
  readonly reportCalls: ReportCalls
  readonly shiftCalls: ShiftCalls
  readonly device: { readonly name: string; readonly role: 'terminal' | 'kitchen' }
  readonly status: () => DeviceStatus
  readonly holdings: () => readonly Holding[]
  readonly kitchenAlarmAfterMs: number
  readonly orderTimeoutMs: number
  readonly isTraining: boolean
  readonly popularItemIds: () => readonly string[]
  readonly settingsCalls: SettingsCalls
  readonly training: TrainingCalls
  readonly printing: Printing
  readonly alerts: Alerts
  readonly drawer: Pick<Drawer, 'noSale'>
  readonly nowMs: () => number
  readonly logger: Logger
}

export interface Screens {
  /** Takes a screen in; what it says goes to the session, until `detach`. */
  readonly attach: (carrier: ScreenCarrier) => ScreenSession & { readonly detach: () => void }
  /** Tells every screen how things stand, out of turn. */
  readonly statusChanged: () => void
  /** What is sold most was added up anew. */
  readonly popularChanged: () => void
  readonly stop: () => void
}

/** All screens of this device, whatever carries them: each sees every commit as it happens. */
export function createScreens(deps: ScreensDeps): Screens {
  const { store, nowMs } = deps
  const sessions = new Map<ScreenCarrier, ScreenSession>()
  const keptClosed = recentlyClosed(store, nowMs())
  const saved = createSaved({
    orderIds: ordersShown().map(({ id }) => id),
    readHeads: (orderIds) => readOrderHeads(store.connection, orderIds),
    holdings: deps.holdings,
  })
  let shownCatalog = store.catalog()
  let wireCatalog = catalogToWire(shownCatalog)
  let shownStock = stockMessage()
  let isStockOld = false
  let shownAlerts = alertsMessage()

  function stockMessage(): TerminalMessage {
    const levelOf = (subject: string) => store.stock.of(subject)?.levelMilli ?? null
    return { type: 'stock', items: itemsLeft(store.catalog(), levelOf) }
  }

  const popularMessage = (): TerminalMessage => ({
    type: 'popular',
    itemIds: deps.popularItemIds(),
  })
  function alertsMessage(): TerminalMessage {
    return { type: 'alerts', alerts: deps.alerts.list() }
  }

  function showAlerts(): void {
    const message = alertsMessage()
    if (JSON.stringify(message) === JSON.stringify(shownAlerts)) return
    shownAlerts = message
    broadcast(message)
  }

  /** Summing it up takes milliseconds, so it is done for many commits at once. */
  function showStock(): void {
    if (!isStockOld) return
    isStockOld = false
    const message = stockMessage()
    if (JSON.stringify(message) === JSON.stringify(shownStock)) return
    shownStock = message
    broadcast(message)
  }

  function ordersShown(): OrderView[] {
    return [...store.openOrders(), ...keptClosed.values()]
  }

  function broadcast(message: TerminalMessage): void {
    for (const [carrier, session] of sessions) if (session.isOpen()) carrier.send(message)
  }

  /**
   * Also where nobody wrote anything: a date came from which a change is valid (rule V1). Looked for
   * every second, so that neither a device that slept nor a clock that was put right misses it.
   */
  function showCatalog(): void {
    const catalog = store.catalog()
    if (catalog === shownCatalog) return
    shownCatalog = catalog
    wireCatalog = catalogToWire(catalog)
    broadcast({ type: 'catalog', catalog: wireCatalog })
  }

  /** To each screen as it may see them. */
  function sendOrders(orders: readonly OrderView[]): void {
    for (const [carrier, session] of sessions) {
      if (!session.isOpen()) continue
      const shown = orders.map(session.reader().show)
      carrier.send({ type: 'orders', reset: false, orders: shown, gone: [] })
    }
  }

  function showGuests(carrier: ScreenCarrier): void {
    const session = sessions.get(carrier)
    const named = ordersShown().filter(({ customer }) => customer !== null)
    if (session === undefined || named.length === 0) return
    const orders = named.map(session.reader().show)
    carrier.send({ type: 'orders', reset: false, orders, gone: [] })
  }

  /** A key came after what it opens, or was destroyed. */
  const unsubscribeGuests = deps.guests.onReadable(() => {
    for (const [carrier, session] of sessions) if (session.isOpen()) showGuests(carrier)
  })

  const unsubscribe = store.onCommit((commit) => {
    isStockOld = true
    if (commit.recordsChanged) showCatalog()
    if (commit.gone.length > 0) forget(commit.gone)
    if (commit.orders.length === 0) return
    for (const order of commit.orders) {
      keptClosed.delete(order.id)
      if (isClosed(order)) keptClosed.set(order.id, order)
    }
    sendOrders(commit.orders)
    tellSaved(saved.touch(commit.heads))
  })

  /** Most commits are on a second device within milliseconds, and change nothing that is shown. */
  const checking = setInterval(() => {
    tellSaved(saved.check())
    showStock()
  }, SAVED_EVERY_MS)

  function tellSaved({ onTwo, onlyHere }: SavedChange): void {
    if (onTwo.length + onlyHere.length > 0) {
      broadcast({ type: 'saved', reset: false, onTwo, onlyHere })
    }
  }

  const timer = setInterval(() => {
    forgetOld()
    showCatalog()
    broadcast({ type: 'status', status: deps.status() })
  }, STATUS_EVERY_MS)

  const alerting = setInterval(showAlerts, ALERTS_EVERY_MS)

  function forgetOld(): void {
    const oldest = new Date(nowMs() - KEEP_CLOSED_MS).toISOString()
    const gone: string[] = []
    for (const [id, order] of keptClosed) {
      if (isToSettle(order)) continue
      if (keptClosed.size - gone.length <= MAX_KEPT_CLOSED && order.updatedAt >= oldest) continue
      gone.push(id)
    }
    if (gone.length > 0) forget(gone)
  }

  function forget(gone: readonly string[]): void {
    for (const id of gone) keptClosed.delete(id)
    saved.forget(gone)
    broadcast({ type: 'orders', reset: false, orders: [], gone })
  }

  function greet(carrier: ScreenCarrier): void {
    carrier.send({
      type: 'welcome',
      protocol: SCREENS_PROTOCOL,
      deviceId: store.deviceId,
      deviceName: store.catalog().device.get(store.deviceId)?.name ?? deps.device.name,
      deviceRole: deps.device.role,
      storeId: store.storeId,
      kitchenAlarmAfterMs: deps.kitchenAlarmAfterMs,
      orderTimeoutMs: deps.orderTimeoutMs,
      isTraining: deps.isTraining,
    })
    carrier.send({ type: 'catalog', catalog: wireCatalog })
    const show = sessions.get(carrier)?.reader().show ?? LOCKED_READER.show
    carrier.send({ type: 'orders', reset: true, orders: ordersShown().map(show), gone: [] })
    carrier.send(shownStock)
    carrier.send(popularMessage())
    carrier.send(shownAlerts)
    carrier.send({ type: 'saved', reset: true, onTwo: saved.onTwo(), onlyHere: [] })
    carrier.send({ type: 'signedIn', staff: null })
    carrier.send({ type: 'status', status: deps.status() })
  }

  return {
    attach: (carrier) => {
      const session = createScreenSession(carrier, {
        ...deps,
        greet,
        showGuests,
        alertsChanged: showAlerts,
      })
      sessions.set(carrier, session)
      return { ...session, detach: () => void sessions.delete(carrier) }
    },
    popularChanged: () => broadcast(popularMessage()),
    statusChanged: () => broadcast({ type: 'status', status: deps.status() }),
    stop: () => {
      clearInterval(timer)
      clearInterval(checking)
      clearInterval(alerting)
      unsubscribe()
      unsubscribeGuests()
      for (const carrier of sessions.keys()) carrier.close('this terminal is stopping')
    },
  }
}

function recentlyClosed(store: Store, nowMs: number): Map<string, OrderView> {
  const found = findOrderIds(
    store.connection,
    { status: ['completed', 'cancelled'], from: new Date(nowMs - KEEP_CLOSED_MS).toISOString() },
    null,
    MAX_KEPT_CLOSED,
  )
  const conflicted = findConflicts(store.connection, 'open', null, MAX_CONFLICTED_AT_START)
  const ids = new Set([...found.map(({ id }) => id), ...conflicted.map((one) => one.orderId)])
  const orders = store
    .orders([...ids])
    .filter(isClosed)
    .toSorted(byUpdate)
  return new Map(orders.map((order) => [order.id, order]))
}

const isToSettle = (order: OrderView): boolean => openConflicts(order.conflicts).length > 0

const byUpdate = (a: OrderView, b: OrderView): number =>
  a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : 0
