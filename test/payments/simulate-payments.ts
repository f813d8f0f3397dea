import { isDeepStrictEqual } from 'node:util'
import { RECORD_KINDS } from '../../domain/catalog.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import type { RecordEvent } from '../../domain/events.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { isOpenIntent, type IntentView } from '../../domain/payment-view.ts'
import { openConnection } from '../../db/sqlite/connection.ts'
import { createIdentity } from '../../db/sqlite/identity.ts'
import { openStore, type Store } from '../../db/sqlite/store.ts'
import {
  createPaymentDriver,
  type PaymentDriver,
  type PaymentLimits,
} from '../../main/payments/driver.ts'
import type { PaymentProvider } from '../../main/payments/provider.ts'
import type { Fault } from '../../main/payments/simulated/terminal.ts'
import { createRandom, type Random } from '../simulation/random.ts'
import { line, smallCatalog } from '../support/orders.ts'
import { standInForAdyen } from './stand-ins/adyen-terminal.ts'
import { standInSimulated } from './stand-ins/simulated.ts'
import { standInForStripe } from './stand-ins/stripe-server.ts'
import type { StandIn, StandInOptions } from './stand-ins/stand-in.ts'

/**
 * A day at the card terminal, with everything going wrong at every step: the real driver over the
 * real log, a terminal on a real socket. The driver is killed between any two steps, and started
 * again on what is durable.
 */
export interface PaymentsRun {
  readonly counts: ReadonlyMap<string, number>
  /** Of each till: what its terminal charged, and what the log says of that. */
  readonly tills: readonly {
    readonly charged: Sums
    readonly recorded: Sums
    /** How each intent stands, for where the two differ. */
    readonly intents: readonly IntentView[]
  }[]
  /** Intents without an outcome at the end. */
  readonly open: readonly string[]
}

/** By intent: what it charged less what it paid back. */
export type Sums = Readonly<Record<string, number>>

/** Who takes the cards, and how long an answer may take there: TLS and several calls take longer. */
const STAND_INS = {
  simulated: { start: standInSimulated, waitMs: 150 },
  adyen: { start: standInForAdyen, waitMs: 600 },
  stripe: { start: standInForStripe, waitMs: 600 },
} as const satisfies Record<
  string,
  { start: (options: StandInOptions) => Promise<StandIn>; waitMs: number }
>
export type ProviderName = keyof typeof STAND_INS
export const PROVIDERS = Object.keys(STAND_INS) as ProviderName[]

const limitsOf = (waitMs: number): PaymentLimits => ({
  payMs: waitMs,
  askMs: waitMs,
  asks: 2,
  minBackoffMs: 1,
  maxBackoffMs: 4,
  askAgainMs: 60,
  asksAgain: 1_000,
})
const patient = (limits: PaymentLimits): PaymentLimits => ({
  ...limits,
  payMs: 20_000,
  askMs: 20_000,
  asks: 100,
})
const DOWN_MS = 3
const ASKS_AT_THE_END = 30
const TILLS = 20
const PAYMENTS_PER_ORDER = 6

/** How often each goes wrong where a question came in, and where it was done. */
const FAULTS: readonly (readonly [Fault, number])[] = [
  ['declined', 0.06],
  ['timeout', 0.04],
  ['partial', 0.06],
  ['slow', 0.04],
  ['lost', 0.08],
  ['power_cut', 0.04],
]
const KILL = 0.03

export async function simulatePayments(
  seed: number,
  payments: number,
  by: ProviderName = 'simulated',
): Promise<PaymentsRun> {
  const counts = new Map<string, number>()
  const count = (what: string): unknown => counts.set(what, (counts.get(what) ?? 0) + 1)
  const random = createRandom(seed)
  const tills = await Promise.all(
    Array.from({ length: TILLS }, (_, till) =>
      runTill(
        `till-${till}`,
        Math.ceil(payments / TILLS),
        createRandom(random.below(2 ** 31)),
        count,
        by,
      ),
    ),
  )
  return { counts, tills, open: tills.flatMap((till) => till.open) }
}

async function runTill(
  name: string,
  payments: number,
  random: Random,
  count: (what: string) => unknown,
  by: ProviderName,
) {
  let isFaulty = true
  const { start, waitMs } = STAND_INS[by]
  const limits = limitsOf(waitMs)
  const slowMs = 1.5 * waitMs
  const terminal = await start({
    slowMs,
    downMs: DOWN_MS,
    faultAt: (step) => {
      const fault = isFaulty ? drawn(random) : 'none'
      if (fault !== 'none') count(`${step}, ${fault}`)
      return fault
    },
  })
  const connection = await openConnection(':memory:')
  createIdentity(connection, identityOf(name), founding())
  const { provider } = terminal
  let taps = 0
  let { store, driver } = boot(limits)

  function boot(bounds: PaymentLimits): { store: Store; driver: PaymentDriver } {
    const opened = openStore({
      connection,
      nowMs: Date.now,
      newId: () => `${name}-fresh-${(taps += 1)}`,
      settings: {
        maxItemsPerOrder: 50,
        autoConfirm: true,
        cardTerminal: { provider: by, terminalId: name },
      },
      onListenerError: (error) => {
        throw error
      },
    })
    const life = mortal(opened, provider, () => isFaulty && random.chance(KILL), killed)
    const started = createPaymentDriver({
      ...life,
      offlineLimitMinor: 0,
      tills: () => ({ tills: 1, hearsAll: true }),
      limits: bounds,
      nowMs: Date.now,
      random: () => random.below(1_000) / 1_000,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
    })
    return { store: opened, driver: started }
  }

  /** Nothing of the process before goes on: its store and its driver are no more. */
  function killed(): void {
    count('killed')
    driver.stop()
    setImmediate(() => ({ store, driver } = boot(limits)))
  }

  const run = (command: OrderCommand): OrderView | null => {
    taps += 1
    const at = new Date().toISOString()
    const result = store.execute({ id: `${name}-${taps}`, at, actor: 'staff:1', command })
    return result.ok ? result.value : null
  }
  const intentOf = (orderId: string, intentId: string) =>
    store.order(orderId)?.intents.find(({ id }) => id === intentId)

  async function settled(orderId: string, intentId: string): Promise<void> {
    for (let waits = 0; waits < 4 * waitMs; waits += 3) {
      if (intentOf(orderId, intentId)?.state !== 'pending') return
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
  }

  async function payOnce(orderId: string): Promise<void> {
    const amountMinor = random.between(100, 900)
    const tipMinor = random.chance(0.3) ? random.below(200) : 0
    const order = run({
      type: 'takePayment',
      orderId,
      method: 'card',
      amountMinor,
      tipMinor,
      tenderedMinor: null,
      despitePending: true,
    })
    const intentId = order?.intents.at(-1)?.id
    if (intentId === undefined) return
    count('payments')
    if (random.chance(0.08)) {
      await new Promise((resolve) => setTimeout(resolve, random.below(4)))
      run({ type: 'cancelPayment', orderId, intentId })
      count('cancelled')
    }
    await settled(orderId, intentId)
    const reason = 'simulated'
    if (intentOf(orderId, intentId)?.state === 'unclear' && random.chance(0.5)) {
      const as = random.pick(['taken', 'not_taken'] as const)
      run({ type: 'settlePayment', orderId, intentId, as, reason })
      count(`settled as ${as}`)
    }
    const paid = store.order(orderId)?.payments.find((p) => p.transactionId !== null)
    if (paid === undefined || !random.chance(0.3)) return
    const refund = run({
      type: 'refundPayment',
      orderId,
      paymentId: paid.id,
      amountMinor: random.between(1, 60),
      reason,
    })
    const refundId = refund?.intents.findLast(({ kind }) => kind === 'refund')?.id
    if (refundId === undefined) return
    count('refunds')
    await settled(orderId, refundId)
  }

  const orderIds: string[] = []
  for (let payment = 0; payment < payments; payment += 1) {
    if (payment % PAYMENTS_PER_ORDER === 0) {
      const orderId = `${name}-order-${payment}`
      run(orderOf(orderId))
      orderIds.push(orderId)
    }
    await payOnce(orderIds.at(-1) ?? '')
  }
  await new Promise((resolve) => setImmediate(resolve))
  isFaulty = false
  driver.stop()
  ;({ store, driver } = boot(patient(limits)))
  await driver.started
  const charged = () =>
    Object.fromEntries([...terminal.charged()].filter(([, minor]) => minor !== 0))
  // A slow guest may still be at it, and what was settled may be answered otherwise: on a busy machine
  // it takes a while until all has been asked again, and longer than this is never.
  await new Promise((resolve) => setTimeout(resolve, 3 * slowMs))
  for (let waits = 0; waits < ASKS_AT_THE_END; waits += 1) {
    const now = store.orders(orderIds)
    const isOpen = now.some(({ intents }) => intents.some(isOpenIntent))
    if (!isOpen && isDeepStrictEqual(charged(), recordedIn(now))) break
    await new Promise((resolve) => setTimeout(resolve, slowMs))
  }
  driver.stop()
  const orders = store.orders(orderIds)
  const kept = charged()
  await terminal.stop()
  const open = orders.flatMap(({ intents }) => intents.filter(isOpenIntent).map(({ id }) => id))
  for (const { intents } of orders) {
    for (const { kind, state } of intents) count(`${kind} ${state}`)
  }
  connection.close()
  const intents = orders.flatMap((order) => order.intents)
  return { charged: kept, recorded: recordedIn(orders), open, intents }
}

/** What the terminal said; a manager's word is none of its money. */
function recordedIn(orders: readonly OrderView[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const payment of orders.flatMap((order) => order.payments)) {
    const { intentId, transactionId } = payment
    if (intentId === null || transactionId === null) continue
    const kept = payment.amountMinor + payment.tipMinor - payment.refundedMinor
    sums[intentId] = (sums[intentId] ?? 0) + kept
  }
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0))
}

/** Before and after each step that the world can see, the process may be gone. */
function mortal(
  store: Store,
  provider: PaymentProvider,
  isKilled: () => boolean,
  killed: () => void,
): { readonly store: Store; readonly provider: PaymentProvider } {
  let isDead = false
  const mayDie = (): boolean => {
    if (!isDead && isKilled()) {
      isDead = true
      killed()
    }
    return isDead
  }
  const never = new Promise<never>(() => {})
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    if (mayDie()) return never
    const done = await work()
    return mayDie() ? never : done
  }
  return {
    store: {
      ...store,
      execute: (...asked) => {
        if (mayDie()) throw new Error('killed')
        const done = store.execute(...asked)
        if (mayDie()) throw new Error('killed')
        return done
      },
    },
    provider: {
      name: provider.name,
      // A repeat of the same question, as a line that stutters would bring it. Where the repeat was
      // never sent, that says nothing of the first.
      pay: (wish, signal) =>
        step(async () => {
          const first = provider.pay(wish, signal)
          const repeat = await provider.pay(wish, signal)
          return repeat.kind === 'unreachable' ? first : repeat
        }),
      refund: (wish, signal) => step(() => provider.refund(wish, signal)),
      status: (asked, signal) => step(() => provider.status(asked, signal)),
      cancel: (asked, signal) => step(() => provider.cancel(asked, signal)),
    },
  }
}

function drawn(random: Random): Fault {
  let left = random.below(10_000) / 10_000
  for (const [fault, chance] of FAULTS) {
    if (left < chance) return fault
    left -= chance
  }
  return 'none'
}

export const orderOf = (orderId: string): OrderCommand => ({
  type: 'createOrder',
  orderId,
  channel: 'delivery',
  table: null,
  customerId: null,
  customer: null,
  locationId: null,
  scheduledFor: null,
  notes: null,
  lines: [line('burger', 9)],
})

export const identityOf = (name: string) => ({
  store_id: 'store-1',
  device_id: name,
  device_name: name,
  device_role: 'terminal',
  device_code: 'A',
  origin: `origin-${name}`,
  upstream_token: 'token',
})

export function founding() {
  const catalog = smallCatalog()
  const command = RECORD_KINDS.flatMap((kind) =>
    [...catalog[kind]].map(
      ([id, value]) => ({ type: 'record.set', kind, id, value }) as RecordEvent,
    ),
  )
  const at = new Date().toISOString()
  return { nowMs: Date.now(), stamped: { id: 'found', at, actor: 'test', command } }
}
