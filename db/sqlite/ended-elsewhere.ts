import type { Clock } from '../../domain/clock.ts'
import type { Entry, LeftRange } from '../../domain/log.ts'
import type { OrderView } from '../../domain/order-view.ts'
import type { Connection } from './connection.ts'
import type { EntryTable } from './entry-log.ts'
import type { OrderProjection } from './order-projection.ts'
import { prepare } from './statements.ts'
import { createTogether } from './together.ts'

/**
 * Orders that are open here and have left another device. They were closed there, and this device,
 * which was away or is new, gets their ends as runs: without this they would be open for ever. What
 * of them has left there leaves here too; what nobody else has stays, and is not shown.
 */
export interface EndedElsewhere {
  readonly note: (left: readonly LeftRange[]) => void
  /** Within the caller's transaction. */
  readonly leave: (rule: EndedRule) => Ended
}

export interface EndedRule {
  /** Today's orders never leave on another's word. */
  readonly endedBefore: Clock
  readonly maxOrders: number
  /** False: the centre is known not to hold it, whatever others say. */
  readonly mayBeUpstream: (origin: string, seq: number) => boolean
}

export interface Ended {
  /** No longer shown. */
  readonly gone: readonly string[]
  /** Shown still, and otherwise: a line of theirs is gone. */
  readonly changed: readonly OrderView[]
}

/** Whatever others tell, no more is remembered (rule P3): several devices' runs of many years. */
export const MAX_NOTED = 50_000

const NOTHING: Ended = { gone: [], changed: [] }

export function createEndedElsewhere(
  connection: Connection,
  log: Pick<EntryTable, 'leave' | 'frontier'>,
  orders: Pick<OrderProjection, 'open' | 'find' | 'unlink' | 'refold'>,
): EndedElsewhere {
  const { sql } = connection
  const insert = prepare(
    connection,
    sql.replaceInto('left_elsewhere').values({ origin: '', to_seq: 0, from_seq: 0, last_clock: 0 }),
  )
  const selectAny = prepare(connection, sql.selectFrom('left_elsewhere').select('origin').limit(1))
  const selectAll = prepare(connection, sql.selectFrom('left_elsewhere').selectAll())
  const remove = prepare(
    connection,
    sql.deleteFrom('left_elsewhere').where('origin', '=', '').where('to_seq', '=', 0),
  )
  const count = prepare(
    connection,
    sql.selectFrom('left_elsewhere').select(({ fn }) => fn.countAll<number>().as('held')),
  )
  const selectOldest = prepare(
    connection,
    sql.selectFrom('left_elsewhere').select(['origin', 'to_seq']).orderBy('last_clock').limit(0),
  )
  const selectOver = prepare(
    connection,
    sql
      .selectFrom('left_elsewhere')
      .select('last_clock')
      .where('origin', '=', '')
      .where('to_seq', '>=', 0)
      .where('from_seq', '<=', 0),
  )
  const gather = createTogether(connection)

  /** An entry with a later clock than the run's last is none of it, but of another branch. */
  const hasLeft = ({ origin, seq, clock }: Entry): boolean =>
    selectOver.all(origin, seq, seq).some((run) => clock <= run.last_clock)

  function leave(rule: EndedRule): Ended {
    if (!selectAny.get(1)) return NOTHING
    const gone: string[] = []
    const changed: OrderView[] = []
    let looked = 0
    for (const { id } of orders.open()) {
      if (looked >= rule.maxOrders) return { gone, changed }
      const ended = endOf(id, rule)
      if (ended === null) continue
      looked += 1
      log.leave([...ended.entries.values()])
      orders.unlink([...ended.entries.keys()], ended.orderIds)
      orders.refold(ended.orderIds)
      for (const orderId of ended.orderIds) {
        const view = orders.find(orderId)?.view
        if (view) changed.push(view)
        else gone.push(orderId)
      }
    }
    forgetSettled(rule)
    return { gone, changed }
  }

  /** The entries of an open order, and of those that hang together with it, that have left. */
  function endOf(orderId: string, rule: EndedRule) {
    const together = gather(orderId)
    if (together === null) return null
    const all = [...together.entries]
    if (all.some(([, entry]) => entry.clock >= rule.endedBefore)) return null
    const left = all.filter(
      ([, entry]) => hasLeft(entry) && rule.mayBeUpstream(entry.origin, entry.seq),
    )
    return left.length === 0 ? null : { orderIds: together.orderIds, entries: new Map(left) }
  }

  /** All open orders have been looked at, and of these numbers no more will come. */
  function forgetSettled({ endedBefore, mayBeUpstream }: EndedRule): void {
    const frontier = log.frontier()
    for (const { origin, to_seq: toSeq, last_clock: lastClock } of selectAll.all()) {
      const isHeld = toSeq <= (frontier.get(origin) ?? 0)
      if (isHeld && lastClock < endedBefore && mayBeUpstream(origin, toSeq)) {
        remove.run(origin, toSeq)
      }
    }
  }

  return {
    note: (left) => {
      for (const { origin, fromSeq, toSeq, lastClock } of left) {
        insert.run(origin, toSeq, fromSeq, lastClock)
      }
      const over = (count.get()?.held ?? 0) - MAX_NOTED
      if (over > 0) for (const row of selectOldest.all(over)) remove.run(row.origin, row.to_seq)
    },
    leave,
  }
}
