import type { Store } from '../../db/sqlite/store.ts'
import type { Clock } from '../../domain/clock.ts'
import { derivedId } from '../../domain/ids.ts'
import type { JournalEvent } from '../../domain/journal.ts'
import { ok } from '../../domain/result.ts'

/**
 * Orders that leave a device would take with them what they took from stock. So before they may, a
 * device says how much there was at the moment from which orders are kept. It says nothing new: who
 * holds all that came before finds the same, and two devices that say it say the same.
 *
 *     count ── orders that may leave ──┤before├── orders that are kept
 *                                      └ carried: count less what these took
 *
 * Written where something was used a day earlier than that, so once a day for each thing at most.
 */
const DAY_OF_CLOCK = 86_400_000 * 4_096

export function carryStock(
  { stock, writeJournal }: Pick<Store, 'stock' | 'writeJournal'>,
  before: Clock,
  stamp: Parameters<Store['writeJournal']>[0],
): void {
  const lines = stock.followed().flatMap((subject): JournalEvent | [] => {
    const then = stock.of(subject, before)
    if (then === null || (stock.of(subject)?.base.value.clock ?? 0) >= before) return []
    if (!stock.isUsedBefore(subject, then, before - DAY_OF_CLOCK)) return []
    return {
      type: 'journal.written',
      kind: 'stock_carried',
      id: subject,
      about: subject,
      value: { clock: before, amountMilli: then.levelMilli },
    }
  })
  if (lines.length === 0) return
  writeJournal<never>(stamp, () =>
    ok(lines.map((line, index) => ({ ...line, id: derivedId(stamp.id, index) }))),
  )
}
