import { alsoAtOf, markOfParts, type AlsoAt } from './also-at.ts'
import type { Channel } from './catalog.ts'
import { compareStamps, type Clock, type Stamp } from './clock.ts'
import { conflictsOf, type Conflict } from './conflicts.ts'
import type { ShownCustomer, StoredCustomer } from './customer.ts'
import type { KitchenMark, OrderEventOf, ServiceCharge, SoldModifier } from './events.ts'
import type { AlsoMarks, Fact, LineCombo, LinePriceLevel, OrderState } from './evolve.ts'
import type { Use } from './inventory.ts'
import { ticketIdOf } from './ids.ts'
import { computeTotals, MAX_MINOR, type Discount, type Totals } from './money.ts'
import { withoutMootTimeouts } from './order-timeout.ts'
import { furthest, statusRank, type OrderStatus } from './order-status.ts'
import {
  heldMinor,
  isOpenIntent,
  paidMinor,
  viewIntents,
  viewPayments,
  type IntentView,
  type PaymentView,
} from './payment-view.ts'
import type { Split } from './split-schema.ts'
import { placedLines, type PlacedLine } from './placed-lines.ts'
import { unseenChanges, type TicketChange } from './ticket-changes.ts'

export type { PaymentView } from './payment-view.ts'

/** An order as people and programs read it: the one reading of the fold's state. */
export interface OrderView {
  readonly id: string
  readonly number: string
  readonly businessDay: string
  readonly status: OrderStatus
  readonly channel: Channel
  readonly table: string | null
  readonly customerId: string | null
  readonly customer: StoredCustomer | null
  readonly locationId: string | null
  /** When the guest wants it. */
  readonly scheduledFor: string | null
  /** When the guest was told that it will be there. */
  readonly promisedFor: string | null
  readonly notes: string | null
  /** How many sit there, where somebody has said so. */
  readonly guests: number | null
  readonly pager: string | null
  readonly currency: string
  readonly discount: { readonly discount: Discount | null; readonly reason: string | null } | null
  /** By hand; null: by the store's rule. */
  readonly serviceCharge: ServiceCharge | null
  /** How the guests share the bill (see split.ts); null: one pays all, or each what he wants. */
  readonly split: Split | null
  readonly lines: readonly LineView[]
  /** Courses of which something is not sent because it waits, the first one first. */
  readonly heldCourses: readonly number[]
  /** It is empty because all of it went to this order. */
  readonly mergedInto: string | null
  readonly tickets: readonly TicketView[]
  readonly payments: readonly PaymentView[]
  readonly vouchers: readonly SoldVoucherView[]
  /** What terminals were asked for: cards, and refunds to cards. */
  readonly intents: readonly IntentView[]
  readonly statusHistory: readonly StatusFactView[]
  readonly totals: Omit<Totals, 'lineDiscounts'>
  /** What a person has to settle, or has settled (rule F4). */
  readonly conflicts: readonly Conflict[]
  /** How many commands have touched the order. */
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  /** The origin that created it. */
  readonly origin: string
}

/** The same for whoever may read the customer. */
export interface ShownOrder extends Omit<OrderView, 'customer'> {
  readonly customer: ShownCustomer | null
}

/** A gift voucher that is sold with the order. */
export interface SoldVoucherView {
  readonly id: string
  readonly hint: string
  readonly amountMinor: number
  readonly withdrawn: boolean
}

export interface LineView {
  readonly id: string
  readonly itemId: string
  readonly name: string
  readonly kitchenName: string
  readonly quantity: number
  readonly unitPriceMinor: number
  readonly modifiers: readonly SoldModifier[]
  readonly instructions: string | null
  readonly stationId: string | null
  readonly taxRateId: string
  readonly taxRatePpm: number
  readonly taxIncluded: boolean
  /** Quantity × (price + modifiers); 0 when voided, comped or moved away. */
  readonly totalMinor: number
  /** It is made and served for nothing: why, and what it would have come to. */
  readonly comp: { readonly reason: string; readonly valueMinor: number } | null
  readonly voided: boolean
  readonly voidReason: string | null
  /** Where it was sold, and where its ticket is. */
  readonly homeOrderId: string
  /** The order that it is in now; null: this one. Then it stands here for its ticket alone. */
  readonly movedTo: string | null
  /** Which ticket it is on; null: not sent yet, or nothing to make. */
  readonly ticketId: string | null
  readonly fired: boolean
  readonly kitchenStatus: LineKitchenStatus
  /** Other stations that it went to; absent: none, and then `kitchenStatus` is its own station's. */
  readonly also?: readonly AlsoAt[]
  /** How far its own station is with it, where others make parts of it. */
  readonly ownMark?: KitchenMark
  readonly addedAt: string
  /** 1 is the first guest; null: for the table. */
  readonly seat: number | null
  /** 1 comes first; null: it is in no course. */
  readonly course: number | null
  /** It waits until its course is fired. */
  readonly held: boolean
  /** The combo that it was sold in: lines with one id belong together. */
  readonly combo: LineCombo | null
  /** The price level that its price comes from; null: it is the menu's own. */
  readonly priceLevel: LinePriceLevel | null
  /** What one of it uses up. */
  readonly uses: readonly Use[]
  /**
   * The moment from which it counts as taken from stock; null: it is not. It is taken by being sent,
   * and given back by a void or a cancellation as long as nobody has begun to make it.
   */
  readonly usedSince: Clock | null
}

/** `new`: not sent. `none`: sent, and no station makes it. */
export type LineKitchenStatus = 'new' | 'none' | KitchenMark

export interface TicketView {
  readonly id: string
  readonly stationId: string
  /** 1 is the order's first firing; a higher one marks an add-on. */
  readonly firingNumber: number
  readonly firedAt: string
  readonly firedBy: string
  readonly firedFrom: string
  readonly lineIds: readonly string[]
  readonly bumped: boolean
  readonly bumpedAt: string | null
  /** Since when somebody waits for it before all others; null: nobody does. */
  readonly rushedAt: string | null
  /** When it left the kitchen; null: it is there. */
  readonly handedAt: string | null
  /** What the cook has not acknowledged; absent: nothing. */
  readonly changes?: readonly TicketChange[]
  /** Devices whose screen has shown it, in the order they did. */
  readonly seenBy: readonly { readonly deviceId: string; readonly at: string }[]
}

export interface StatusFactView {
  readonly status: OrderStatus
  readonly reason: string | null
  readonly at: string
  readonly actor: string
  readonly origin: string
  readonly clock: number
}

/**
 * Null while the order's creation has not arrived yet, and for an order whose sums would not be
 * exact, which no till makes but a broken or hostile one could: then there is nothing to show.
 *
 * `lenders`: the states of the orders in `state.lenders`, as far as they are held.
 */
export function viewOrder(held: OrderState, lenders: readonly OrderState[]): OrderView | null {
  const state = withoutMootTimeouts(held)
  const created = state.created
  if (created === undefined) return null
  const placed = placedLines(state, lenders)
  const sold = viewLines(state, placed)
  const payments = viewPayments(state)
  const intents = viewIntents(state, payments)
  const vouchers = viewVouchers(state)
  if (!hasExactSums(sold, payments, vouchers)) return null
  const merged = isMerged(state, sold, payments) ? state.merged : undefined
  const statusHistory = viewHistory(state, created, sold, placed, merged)
  const status = statusHistory.reduce<OrderStatus>((s, fact) => furthest(s, fact.status), 'pending')
  const lines = status === 'cancelled' ? givenBack(sold, placed) : sold
  const totals = totalsOf(state, { lines, payments, vouchers }, created.value, status)
  return {
    id: state.orderId,
    number: created.value.number,
    businessDay: created.value.businessDay,
    status,
    channel: state.channel?.value ?? created.value.channel,
    table: state.table?.value ?? null,
    customerId: state.customerId?.value ?? null,
    customer: state.customer?.value ?? null,
    locationId: created.value.locationId,
    scheduledFor: state.scheduledFor?.value ?? null,
    promisedFor: state.promisedFor?.value ?? null,
    notes: state.notes?.value ?? null,
    guests: state.guests?.value ?? null,
    pager: state.pager?.value ?? null,
    currency: created.value.currency,
    discount: state.discount?.value ?? null,
    serviceCharge: state.serviceCharge?.value ?? null,
    split: state.split?.value ?? null,
    lines,
    heldCourses: heldCoursesOf(lines),
    mergedInto: merged?.value ?? null,
    tickets: viewTickets(state, lines, placed),
    payments,
    vouchers,
    intents,
    statusHistory,
    totals,
    conflicts: conflictsOf(state, {
      status,
      lines: lines.filter((line) => line.movedTo === null),
      placed,
      payments,
      heldMinor: heldMinor(payments),
      intents,
      ...totals,
    }),
    version: countCommands(state, lenders),
    createdAt: created.at,
    createdBy: created.actor,
    updatedAt: state.last?.at ?? created.at,
    origin: created.stamp.origin,
  }
}

/** What is done to a lender may show here, so it counts here as well. */
function countCommands(state: OrderState, lenders: readonly OrderState[]): number {
  const own = Object.keys(state.commandIds)
  if (lenders.length === 0) return own.length
  return new Set([...own, ...lenders.flatMap((lender) => Object.keys(lender.commandIds))]).size
}

/** Far above what `decide` lets an order come to, and far below where integers end. */
const MAX_SUM = MAX_MINOR * 1_000

function viewVouchers(state: OrderState): SoldVoucherView[] {
  return sorted(state.vouchers).map(([id, { value }]) => ({
    id,
    hint: value.hint,
    amountMinor: value.amountMinor,
    withdrawn: id in state.withdrawnVouchers,
  }))
}

function hasExactSums(
  lines: readonly LineView[],
  payments: readonly PaymentView[],
  vouchers: readonly SoldVoucherView[],
): boolean {
  const sold = [
    ...lines.map((line) => line.comp?.valueMinor ?? line.totalMinor),
    ...vouchers.map((voucher) => voucher.amountMinor),
  ].reduce((sum, minor) => sum + minor, 0)
  const moved = payments.reduce(
    (sum, p) => sum + p.amountMinor + p.tipMinor + Math.abs(p.refundedMinor),
    0,
  )
  return sold <= MAX_SUM && moved <= MAX_SUM
}

interface LineFiring {
  readonly firingId: string
  readonly stationId: string
  readonly stamp: Stamp
}

/** A line fired twice, by two devices apart, is cooked once: in the earlier firing (rule K1). */
function firstFirings(state: OrderState): Map<string, LineFiring> {
  const byLine = new Map<string, LineFiring>()
  for (const [firingId, firing] of Object.entries(state.firings)) {
    for (const [lineId, { value: stationId, stamp }] of Object.entries(firing.lines)) {
      const other = byLine.get(lineId)
      if (other !== undefined && compareStamps(other.stamp, stamp) <= 0) continue
      byLine.set(lineId, { firingId, stationId, stamp })
    }
  }
  return byLine
}

/** Whether it is part of the order that it stands in. */
export const isLive = (line: LineView): boolean => !line.voided && line.movedTo === null

/** Why an order ended that went into another one. */
export const MERGED = 'merged'

/** A firing that gave a line no station says so with this id. */
export const NO_STATION = '-'

/**
 * What came to it from another device meanwhile keeps it open, and so does what somebody decided of
 * it: then it was not emptied.
 */
function isMerged(
  state: OrderState,
  lines: readonly LineView[],
  payments: readonly PaymentView[],
): boolean {
  if (state.merged === undefined || lines.some(isLive)) return false
  if (payments.some((p) => p.amountMinor + p.tipMinor > p.refundedMinor)) return false
  if (Object.keys(state.vouchers).some((id) => !(id in state.withdrawnVouchers))) return false
  return !Object.values(state.statuses).some(
    ({ value: { status } }) => status === 'cancelled' || status === 'completed',
  )
}

const heldCoursesOf = (lines: readonly LineView[]): number[] =>
  [...new Set(lines.flatMap(({ held, course }) => (held && course !== null ? [course] : [])))].sort(
    (a, b) => a - b,
  )

function viewLines(
  { orderId, heldCourses }: OrderState,
  placed: readonly PlacedLine[],
): LineView[] {
  const firingsByHome = new Map<OrderState, Map<string, LineFiring>>()
  return placed.map(({ id, line, home, placeId }): LineView => {
    const firings = firingsByHome.get(home) ?? firstFirings(home)
    firingsByHome.set(home, firings)
    const { added } = line
    const isHere = placeId === orderId
    const firing = firings.get(id)
    const cooked = firing !== undefined && firing.stationId !== NO_STATION
    const ownMark = line.mark?.value ?? 'queued'
    const also = cooked ? alsoAtOf(home, firing.firingId, id, line) : undefined
    const quantity = line.quantity?.value ?? added.value.quantity
    const modifiers = line.modifiers?.value ?? added.value.modifiers
    const isPart = isHere && line.voided === undefined
    const valueMinor = isPart ? grossMinor(added.value.unitPriceMinor, modifiers, quantity) : 0
    const compReason = line.comped?.value.reason ?? null
    const course = line.course?.value ?? null
    const waits = course !== null && (heldCourses[String(course)]?.value ?? false)
    return {
      id,
      itemId: added.value.itemId,
      name: added.value.name,
      kitchenName: added.value.kitchenName ?? added.value.name,
      quantity,
      unitPriceMinor: added.value.unitPriceMinor,
      modifiers,
      instructions: line.instructions?.value ?? null,
      stationId: added.value.stationId,
      taxRateId: added.value.taxRateId,
      taxRatePpm: added.value.taxRatePpm,
      taxIncluded: added.value.taxIncluded,
      totalMinor: compReason === null ? valueMinor : 0,
      comp: compReason === null ? null : { reason: compReason, valueMinor },
      voided: line.voided !== undefined,
      voidReason: line.voided?.value.reason ?? null,
      homeOrderId: home.orderId,
      movedTo: isHere ? null : placeId,
      ticketId: cooked ? ticketIdOf(firing.firingId, firing.stationId) : null,
      fired: firing !== undefined,
      kitchenStatus: firing === undefined ? 'new' : cooked ? markOfParts(ownMark, also) : 'none',
      ...(also !== undefined && { also, ownMark }),
      addedAt: added.at,
      seat: line.seat?.value ?? null,
      course,
      held: waits && isHere && firing === undefined && line.voided === undefined,
      combo: line.combo?.value ?? null,
      priceLevel: line.priceLevel?.value ?? null,
      uses: line.uses?.value ?? [],
      usedSince:
        firing !== undefined && (line.voided === undefined || isBegun(line))
          ? firing.stamp.clock
          : null,
    }
  })
}

const isBegun = (line: PlacedLine['line']): boolean =>
  line.firstPreparing !== undefined ||
  Object.values(line.alsoMarks ?? {}).some(({ firstPreparing }) => firstPreparing !== undefined)

/** Of a cancelled order only that stays used which somebody has begun to make. */
function givenBack(lines: readonly LineView[], placed: readonly PlacedLine[]): LineView[] {
  const begun = new Set(placed.flatMap(({ id, line }) => (isBegun(line) ? [id] : [])))
  return lines.map((line) => (begun.has(line.id) ? line : { ...line, usedSince: null }))
}

/** A line's price before discount and tax. Modifiers may take off, but never below nothing. */
export function grossMinor(
  unitPriceMinor: number,
  modifiers: readonly SoldModifier[],
  quantity: number,
): number {
  const each = modifiers.reduce((sum, modifier) => sum + modifier.priceMinor, unitPriceMinor)
  return Math.max(0, each) * quantity
}

function viewTickets(
  state: OrderState,
  lines: readonly LineView[],
  placed: readonly PlacedLine[],
): TicketView[] {
  const linesByTicket = Map.groupBy(
    lines.filter((line) => line.ticketId !== null),
    (line) => line.ticketId,
  )
  for (const line of lines) {
    for (const { ticketId } of line.also ?? []) {
      linesByTicket.set(ticketId, [...(linesByTicket.get(ticketId) ?? []), line])
    }
  }
  const firings = Object.entries(state.firings).sort(([, a], [, b]) =>
    compareStamps(a.fired.stamp, b.fired.stamp),
  )
  const statesById = new Map(placed.map(({ id, line }) => [id, line]))
  return firings.flatMap(([firingId, { fired, lines: firedLines, also }], firingIndex) => {
    const stations = new Set(Object.values(firedLines).map((line) => line.value))
    for (const { value } of Object.values(also ?? {})) stations.add(value.stationId)
    return [...stations].toSorted().flatMap((stationId) => {
      const id = ticketIdOf(firingId, stationId)
      const own = linesByTicket.get(id)
      if (own === undefined) return []
      const ticket = state.tickets[id]
      const bumped = ticket?.bumped
      const changes = own.flatMap((line) => {
        const held = statesById.get(line.id)
        return held === undefined ? [] : unseenChanges(line.id, held, fired, ticket)
      })
      return {
        id,
        stationId,
        firingNumber: firingIndex + 1,
        firedAt: fired.at,
        firedBy: fired.actor,
        firedFrom: fired.stamp.origin,
        lineIds: inOrderOf(lines, own),
        bumped: bumped?.value ?? false,
        bumpedAt: bumped?.value === true ? bumped.at : null,
        rushedAt: ticket?.rushed?.value === true ? ticket.rushed.at : null,
        handedAt: ticket?.handed?.value === true ? ticket.handed.at : null,
        ...(changes.length > 0 && { changes }),
        seenBy: sorted(ticket?.seen ?? {}).map(([deviceId, seen]) => ({ deviceId, at: seen.at })),
      }
    })
  })
}

/** What a ticket shows stands in the order's own order, whatever it is there for. */
const inOrderOf = (all: readonly LineView[], some: readonly LineView[]): string[] =>
  (some.some(({ also }) => also !== undefined)
    ? all.filter((line) => some.includes(line))
    : some
  ).map(({ id }) => id)

/**
 * Every status fact in clock order, and what the kitchen's marks add where nobody wrote it down: two
 * stations that finish apart each see the other's lines unfinished, so neither declares the order
 * ready, and both are right. `decide` writes the missing fact with the next command.
 */
function viewHistory(
  state: OrderState,
  created: Fact<unknown>,
  lines: readonly LineView[],
  placed: readonly PlacedLine[],
  merged: Fact<string> | undefined,
): StatusFactView[] {
  const factView = (status: OrderStatus, fact: Fact<unknown>, reason: string | null) => ({
    status,
    reason,
    at: fact.at,
    actor: fact.actor,
    origin: fact.stamp.origin,
    clock: fact.stamp.clock,
  })
  const explicit = sorted(state.statuses).map(([, fact]) =>
    factView(fact.value.status, fact, fact.value.reason),
  )
  const reached = Math.max(0, ...explicit.map((fact) => statusRank(fact.status)))
  const derived: StatusFactView[] = []
  if (merged !== undefined) derived.push(factView('completed', merged, MERGED))
  const cooked = lines.filter((line) => line.ticketId !== null && isLive(line))
  if (cooked.length === 0) return [factView('pending', created, null), ...explicit, ...derived]
  const linesById = new Map(placed.map(({ id, line }) => [id, line]))
  const marks = cooked.flatMap((line) => marksOf(line, linesById.get(line.id)))
  const started = sortedFacts(marks.map((part) => part?.firstPreparing))
  const finished = sortedFacts(marks.map((part) => part?.firstReady))
  const firstStarted = started[0]
  const lastFinished = finished.at(-1)
  if (firstStarted && reached < statusRank('preparing')) {
    derived.push(factView('preparing', firstStarted, null))
  }
  const isAllMade = finished.length === marks.length && !lines.some((line) => line.held)
  if (lastFinished && isAllMade && reached < statusRank('ready')) {
    derived.push(factView('ready', lastFinished, null))
  }
  return [factView('pending', created, null), ...explicit, ...derived]
}

/** Its own station's, and those of the stations that make a part of it. */
function marksOf(
  { also }: LineView,
  line: PlacedLine['line'] | undefined,
): readonly (AlsoMarks | undefined)[] {
  if (also === undefined) return [line]
  const made = also.filter(({ as }) => as === 'make')
  return [line, ...made.map(({ stationId }) => line?.alsoMarks?.[stationId])]
}

function totalsOf(
  state: OrderState,
  { lines, payments, vouchers }: Pick<OrderView, 'lines' | 'payments' | 'vouchers'>,
  created: OrderEventOf<'order.created'>,
  status: OrderStatus,
): Omit<Totals, 'lineDiscounts'> {
  const { lineDiscounts: _, ...totals } = computeTotals({
    lines: lines.filter(isLive).map((line) => ({
      grossMinor: line.totalMinor,
      taxRateId: line.taxRateId,
      taxRatePpm: line.taxRatePpm,
      taxIncluded: line.taxIncluded,
    })),
    discount: state.discount?.value.discount ?? null,
    serviceCharge: serviceChargeOf(state, created),
    taxRounding: created.taxRounding,
    vouchersMinor: vouchers.reduce((sum, v) => sum + (v.withdrawn ? 0 : v.amountMinor), 0),
    tipMinor: payments.reduce((sum, p) => sum + p.tipMinor, 0),
    paidMinor: 0,
  })
  // Of a cancelled order nothing is to be paid, so there is nothing to forgive either.
  const paid = status === 'cancelled' ? heldMinor(payments) : paidMinor(payments, totals.totalMinor)
  return { ...totals, paidMinor: paid, dueMinor: totals.totalMinor - paid }
}

/** What somebody set by hand, or the store's rule as it was when the order began. */
function serviceChargeOf(
  { serviceCharge, guests }: OrderState,
  { serviceChargePpm, serviceChargeFromGuests = 0 }: OrderEventOf<'order.created'>,
): Discount | null {
  const byHand = serviceCharge?.value ?? null
  if (byHand !== null) return byHand.kind === 'none' ? null : byHand
  return (guests?.value ?? 0) >= serviceChargeFromGuests
    ? { kind: 'percent', ratePpm: serviceChargePpm }
    : null
}

/** What is asked of terminals, and may be paid any moment. */
export const pendingMinor = ({ intents }: Pick<OrderView, 'intents'>): number =>
  intents
    .filter((intent) => intent.kind === 'payment' && isOpenIntent(intent))
    .reduce((sum, intent) => sum + intent.amountMinor, 0)

function sorted<T>(facts: { readonly [id: string]: Fact<T> }): [string, Fact<T>][] {
  return Object.entries(facts).sort(([, a], [, b]) => compareStamps(a.stamp, b.stamp))
}

function sortedFacts<T>(facts: readonly (Fact<T> | undefined)[]): Fact<T>[] {
  return facts.filter((fact) => fact !== undefined).sort((a, b) => compareStamps(a.stamp, b.stamp))
}
