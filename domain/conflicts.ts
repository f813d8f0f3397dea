import { compareStamps } from './clock.ts'
import type { ConflictKind, Resolution } from './conflict-kinds.ts'
import type { Fact, OrderState } from './evolve.ts'
import type { OrderStatus } from './order-status.ts'
import type { IntentView } from './payment-view.ts'
import type { PlacedLine } from './placed-lines.ts'

/**
 * What a person has to settle in an order (rule F4), read from its state alone: every device that
 * holds the same events finds the same conflicts, whatever came first.
 */
export interface Conflict {
  readonly kind: ConflictKind
  /**
   * What is at odds and not settled yet; of a settled one, all of it. A settlement covers the facts
   * that it names, so it stays when they become fewer, and the conflict is back when there is one
   * more.
   */
  readonly facts: readonly string[]
  /** What was paid too much, or what the wasted food would have cost; 0: no money is at stake. */
  readonly amountMinor: number
  /** What was done, and by whom, in the order of the clocks. */
  readonly sides: readonly ConflictSide[]
  /** Null: open. */
  readonly settled: Settlement | null
}

export interface ConflictSide {
  readonly what: 'asked' | 'cancelled' | 'completed' | 'moved' | 'paid' | 'preparing' | 'ready'
  readonly at: string
  readonly actor: string
  readonly origin: string
  /** Of a payment: what is left of it. */
  readonly amountMinor: number | null
  /** Of food, and of what was moved here: which line. */
  readonly lineId: string | null
}

export interface Settlement {
  readonly resolution: Resolution
  readonly note: string | null
  readonly at: string
  readonly actor: string
}

/** What the conflicts need of the order's reading beside its state. */
export interface ConflictBasis {
  readonly status: OrderStatus
  /** Those that are in the order now. */
  readonly lines: readonly {
    readonly id: string
    readonly voided: boolean
    readonly totalMinor: number
  }[]
  readonly placed: readonly PlacedLine[]
  readonly payments: readonly {
    readonly id: string
    readonly amountMinor: number
    readonly tipMinor: number
    readonly refundedMinor: number
  }[]
  /** Of the guest's money, what is in the house. */
  readonly heldMinor: number
  readonly dueMinor: number
  readonly intents: readonly IntentView[]
}

type Found = Omit<Conflict, 'settled'>

/** Facts that one event may name; what is beyond is settled by the next one. */
export const MAX_FACTS = 500

/** Settled ones are among them, with who settled them and how. */
export function conflictsOf(state: OrderState, basis: ConflictBasis): Conflict[] {
  const found = [
    basis.status === 'cancelled' ? paidAfterCancel(state, basis) : overpaid(state, basis),
    basis.status === 'completed' ? handedOver(state) : null,
    basis.status === 'cancelled' ? cooked(state, basis) : null,
    basis.status === 'cancelled' ? movedHere(state, basis) : null,
    unclear(state, basis),
  ]
  return found.filter((conflict) => conflict !== null).map((conflict) => settle(state, conflict))
}

export const openConflicts = (conflicts: readonly Conflict[]): Conflict[] =>
  conflicts.filter((conflict) => conflict.settled === null)

function overpaid(state: OrderState, basis: ConflictBasis): Found | null {
  if (basis.dueMinor >= 0) return null
  const amountMinor = -basis.dueMinor
  const sides = paymentSides(state, basis)
  return { kind: 'overpaid', facts: [`over:${amountMinor}`], amountMinor, sides }
}

function paidAfterCancel(state: OrderState, basis: ConflictBasis): Found | null {
  if (basis.heldMinor <= 0) return null
  const amountMinor = basis.heldMinor
  const sides = inClockOrder([...statusFacts(state, 'cancelled'), ...paymentFacts(state, basis)])
  return { kind: 'paid_after_cancel', facts: [`held:${amountMinor}`], amountMinor, sides }
}

/** What a terminal was asked for and could not answer. */
function unclear(state: OrderState, { intents }: ConflictBasis): Found | null {
  const open = intents.filter((intent) => intent.state === 'unclear')
  if (open.length === 0) return null
  const asked = open.flatMap(({ id, amountMinor, tipMinor }) => {
    const fact = state.intents[id]
    return fact ? [sideFact('asked', fact, { amountMinor: amountMinor + tipMinor })] : []
  })
  return {
    kind: 'payment_unclear',
    facts: open.map(({ id }) => id),
    amountMinor: open.reduce((sum, intent) => sum + intent.amountMinor + intent.tipMinor, 0),
    sides: inClockOrder(asked),
  }
}

function handedOver(state: OrderState): Found | null {
  const cancels = statusFacts(state, 'cancelled')
  if (cancels.length === 0) return null
  const sides = inClockOrder([...cancels, ...statusFacts(state, 'completed')])
  return { kind: 'handed_over_after_cancel', facts: ['completed'], amountMinor: 0, sides }
}

/** Lines that got further in the kitchen than anybody knew who cancelled. */
function cooked(state: OrderState, basis: ConflictBasis): Found | null {
  const known = new Map<string, number>()
  for (const { value } of Object.values(state.statuses)) {
    for (const { lineId, mark } of value.made ?? []) {
      known.set(lineId, Math.max(known.get(lineId) ?? 0, MADE_RANK[mark]))
    }
  }
  const linesById = new Map(basis.lines.map((line) => [line.id, line]))
  const strays = new Set(strayLines(state, basis).map(({ lineId }) => lineId))
  const wasted = madeLines(state.orderId, basis.placed).filter(({ lineId, mark }) => {
    const line = linesById.get(lineId)
    if (line === undefined || line.voided || strays.has(lineId)) return false
    return MADE_RANK[mark] > (known.get(lineId) ?? 0)
  })
  if (wasted.length === 0) return null
  const facts = wasted.map(({ lineId, mark }) => `${lineId}=${mark}`)
  const amountMinor = sumOf(basis, wasted)
  const made = wasted.map(({ lineId, mark, fact }) => sideFact(mark, fact, { lineId }))
  const sides = inClockOrder([...statusFacts(state, 'cancelled'), ...made])
  return { kind: 'cooked_after_cancel', facts, amountMinor, sides }
}

/** Lines of a cancelled order of which nobody knew who cancelled it: they are another guest's. */
function movedHere(state: OrderState, basis: ConflictBasis): Found | null {
  const strays = strayLines(state, basis)
  if (strays.length === 0) return null
  const moves = strays.map(({ lineId, fact }) => sideFact('moved', fact, { lineId }))
  return {
    kind: 'moved_after_cancel',
    facts: strays.map(({ lineId }) => movedFact(lineId)),
    amountMinor: sumOf(basis, strays),
    sides: inClockOrder([...statusFacts(state, 'cancelled'), ...moves]),
  }
}

/** What a settlement names of a line that was moved to a cancelled order. */
export const movedFact = (lineId: string): string => `moved:${lineId}`

function strayLines(state: OrderState, { lines, placed }: ConflictBasis): MovedLine[] {
  const known = new Set(Object.values(state.statuses).flatMap(({ value }) => value.moved ?? []))
  const voided = new Set(lines.filter((line) => line.voided).map(({ id }) => id))
  return movedLines(state.orderId, placed).filter(
    ({ lineId }) => !known.has(lineId) && !voided.has(lineId),
  )
}

const sumOf = ({ lines }: ConflictBasis, of: readonly { readonly lineId: string }[]): number => {
  const lineIds = new Set(of.map(({ lineId }) => lineId))
  return lines.reduce((sum, { id, totalMinor }) => sum + (lineIds.has(id) ? totalMinor : 0), 0)
}

export interface MovedLine {
  readonly lineId: string
  readonly fact: Fact<unknown>
}

/** Lines that are in the order because they were moved to it, in the order of their ids. */
export const movedLines = (orderId: string, placed: readonly PlacedLine[]): MovedLine[] =>
  placed
    .filter(({ placeId }) => placeId === orderId)
    .flatMap(({ id: lineId, line: { place } }) =>
      place === undefined ? [] : [{ lineId, fact: place }],
    )
    .toSorted(byLineId)

const byLineId = (a: { readonly lineId: string }, b: { readonly lineId: string }): number =>
  a.lineId < b.lineId ? -1 : 1

export interface MadeLine {
  readonly lineId: string
  /** The furthest that it has ever been; recalling does not uncook it. */
  readonly mark: 'preparing' | 'ready'
  readonly fact: Fact<null>
}

const MADE_RANK = { preparing: 1, ready: 2 } as const

/** Lines in the order on which the kitchen has begun, in the order of their ids. */
export function madeLines(orderId: string, placed: readonly PlacedLine[]): MadeLine[] {
  return placed
    .filter(({ placeId }) => placeId === orderId)
    .flatMap(({ id: lineId, line: { firstPreparing, firstReady } }): MadeLine[] => {
      if (firstReady !== undefined) return [{ lineId, mark: 'ready', fact: firstReady }]
      if (firstPreparing !== undefined) return [{ lineId, mark: 'preparing', fact: firstPreparing }]
      return []
    })
    .toSorted(byLineId)
}

/** Of several settlements that cover it, the earliest counts: settled is settled. */
function settle(state: OrderState, conflict: Found): Conflict {
  const settlements = Object.values(state.settlements)
    .filter(({ value }) => value.kind === conflict.kind)
    .toSorted((a, b) => compareStamps(a.stamp, b.stamp))
  const covering = settlements.filter(({ value }) =>
    value.facts.some((fact) => conflict.facts.includes(fact)),
  )
  const covered = new Set(covering.flatMap(({ value }) => value.facts))
  const uncovered = conflict.facts.filter((fact) => !covered.has(fact))
  const first = covering[0]
  if (first === undefined || uncovered.length > 0) {
    return { ...conflict, facts: uncovered, settled: null }
  }
  const { resolution, note } = first.value
  return { ...conflict, settled: { resolution, note, at: first.at, actor: first.actor } }
}

interface SideFact {
  readonly fact: Fact<unknown>
  readonly side: ConflictSide
}

const sideFact = (
  what: ConflictSide['what'],
  fact: Fact<unknown>,
  more: Partial<Pick<ConflictSide, 'amountMinor' | 'lineId'>> = {},
): SideFact => ({
  fact,
  side: {
    what,
    at: fact.at,
    actor: fact.actor,
    origin: fact.stamp.origin,
    amountMinor: null,
    lineId: null,
    ...more,
  },
})

const statusFacts = (state: OrderState, status: 'cancelled' | 'completed'): SideFact[] =>
  Object.values(state.statuses)
    .filter((fact) => fact.value.status === status)
    .map((fact) => sideFact(status, fact))

const paymentFacts = (state: OrderState, { payments }: ConflictBasis): SideFact[] =>
  payments.flatMap((payment) => {
    const fact = state.payments[payment.id]
    const amountMinor = payment.amountMinor + payment.tipMinor - payment.refundedMinor
    return fact === undefined || amountMinor <= 0 ? [] : [sideFact('paid', fact, { amountMinor })]
  })

const paymentSides = (state: OrderState, basis: ConflictBasis): ConflictSide[] =>
  inClockOrder(paymentFacts(state, basis))

const inClockOrder = (facts: readonly SideFact[]): ConflictSide[] =>
  facts.toSorted((a, b) => compareStamps(a.fact.stamp, b.fact.stamp)).map(({ side }) => side)
