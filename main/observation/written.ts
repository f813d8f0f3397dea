import type { Commit, Store } from '../../db/sqlite/store.ts'
import type { Entry } from '../../domain/log.ts'
import type { OrderEvent } from '../../domain/events.ts'
import type { OrderView } from '../../domain/order-view.ts'
import type { Metrics } from '../prometheus.ts'

/**
 * What this device itself did to orders: what came from others counts there, so that the sum over all
 * devices of a store is the store. A rate is a quotient of two of these, taken by who reads them:
 *
 *     creation     rate(aura_orders_created_total)
 *     processing   aura_order_processing_seconds_sum / …_count
 *     fulfilment   aura_orders_closed_total{outcome="completed"} / aura_orders_closed_total
 *     errors       aura_commands_refused_total, aura_problems_total by code / aura_commands_total
 *     payments     aura_payments_total{result="taken"} / aura_payments_total
 */
export function observeStore(store: Store, metrics: Metrics): Store {
  const commands = metrics.counter('aura_commands_total', 'Commands on orders, taken or refused.')
  const refused = metrics.counter('aura_commands_refused_total', 'Commands refused, by the reason.')
  const took = metrics.histogram(
    'aura_command_seconds',
    'From a command to its durable answer: decided, written, folded, committed.',
    COMMIT_SECONDS,
  )
  const received = metrics.counter('aura_entries_received_total', 'Entries that came from others.')
  const folding = metrics.histogram(
    'aura_ingest_seconds',
    'To check, write, fold and commit what came in one frame.',
    COMMIT_SECONDS,
  )
  const count = countOrders(metrics)
  // Listeners are told within the call, so what they hear of meanwhile is what this device wrote.
  let isOwnCommand = false
  store.onCommit((commit) => {
    if (isOwnCommand) count(commit)
  })
  return {
    ...store,
    execute(stamped, ...more) {
      const startedMs = performance.now()
      isOwnCommand = true
      try {
        const result = store.execute(stamped, ...more)
        commands.add(1, { result: result.ok ? 'taken' : 'refused' })
        if (!result.ok) refused.add(1, { code: result.error.code })
        return result
      } finally {
        isOwnCommand = false
        took.observe((performance.now() - startedMs) / 1_000)
      }
    },
    ingest(parts, alongside) {
      const startedMs = performance.now()
      const report = store.ingest(parts, alongside)
      folding.observe((performance.now() - startedMs) / 1_000)
      received.add(report.accepted)
      return report
    },
  }
}

const COMMIT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]
/** A coffee takes a minute, an evening three hours. */
const ORDER_SECONDS = [30, 60, 120, 300, 600, 900, 1_200, 1_800, 2_700, 3_600, 7_200, 14_400]

function countOrders(metrics: Metrics): (commit: Commit) => void {
  const created = metrics.counter('aura_orders_created_total', 'Orders begun at this device.')
  const closed = metrics.counter('aura_orders_closed_total', 'Orders that this device closed.')
  const processing = metrics.histogram(
    'aura_order_processing_seconds',
    'From the beginning of an order to its completion.',
    ORDER_SECONDS,
  )
  const preparation = metrics.histogram(
    'aura_order_preparation_seconds',
    'From the confirmation of an order until it was ready.',
    ORDER_SECONDS,
  )
  const payments = metrics.counter('aura_payments_total', 'Payments that were tried here.')
  const refunds = metrics.counter('aura_refunds_total', 'Refunds that were tried here.')

  function event(written: OrderEvent, order: OrderView | undefined): void {
    switch (written.type) {
      case 'order.created':
        return created.add(1, { channel: written.channel })
      case 'order.payment_taken':
        return payments.add(1, { method: written.method, result: 'taken' })
      case 'order.payment_failed':
        return payments.add(1, { method: 'card', result: written.why })
      case 'order.payment_refunded':
        return refunds.add(1, { result: 'given' })
      case 'order.refund_failed':
        return refunds.add(1, { result: written.why })
      case 'order.completed':
        closed.add(1, { outcome: 'completed' })
        return observe(processing, order?.createdAt, order?.updatedAt)
      case 'order.cancelled':
        return closed.add(1, { outcome: 'cancelled' })
      case 'order.ready': {
        const confirmed = order?.statusHistory.find(({ status }) => status === 'confirmed')
        return observe(preparation, confirmed?.at, order?.updatedAt)
      }
      default:
    }
  }

  return ({ entries, orders }) => {
    for (const entry of entries) {
      for (const written of ownEvents(entry)) {
        const order = orders.find(({ id }) => id === written.orderId)
        event(written, order)
      }
    }
  }
}

type Seconds = ReturnType<Metrics['histogram']>

function observe(into: Seconds, from: string | undefined, to: string | undefined): void {
  const seconds = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1_000
  if (seconds >= 0) into.observe(seconds)
}

/** This program has just made them, so they are read as what they are. */
const ownEvents = ({ body }: Entry): readonly OrderEvent[] => JSON.parse(body) as OrderEvent[]
