import type { JournalLine } from './journal.ts'
import type { NoticeChannel } from './notices.ts'

/**
 * What the journal says of one customer. Of what was written while apart, the highest version counts
 * and then the id, so everybody reads the same (rule F1); once erased, erased for good.
 */
export interface CustomerRecord {
  /** Null: nothing was written of the customer alone, beside orders. */
  readonly written: WrittenLine | null
  readonly erasedAt: string | null
  /** Orders from before there were keys of customers that the erasure named. */
  readonly erasedOrderIds: readonly string[]
  /** Channels on which the customer does not want to be written to. */
  readonly unwanted: readonly NoticeChannel[]
  /** The version that comes next. */
  readonly nextVersion: number
}

type LineOf<K extends JournalLine['kind']> = Extract<JournalLine, { kind: K }>
export type WrittenLine = LineOf<'customer_written'>

export function readCustomerRecord(lines: readonly JournalLine[]): CustomerRecord {
  const erasures = lines.filter((line) => line.kind === 'customer_erased')
  const notices = Map.groupBy(
    lines.filter((line) => line.kind === 'customer_notices'),
    ({ value }) => value.channel,
  )
  const versions = lines.flatMap((line) =>
    line.kind === 'customer_written' || line.kind === 'customer_notices'
      ? [line.value.version]
      : [],
  )
  return {
    written: latest(lines.filter((line) => line.kind === 'customer_written')),
    erasedAt: erasures.map(({ at }) => at).toSorted()[0] ?? null,
    erasedOrderIds: [...new Set(erasures.flatMap(({ value }) => value.orderIds))].toSorted(),
    unwanted: [...notices].flatMap(([channel, said]) =>
      latest(said)?.value.wanted === false ? [channel] : [],
    ),
    nextVersion: 1 + Math.max(0, ...versions),
  }
}

interface Versioned {
  readonly id: string
  readonly value: { readonly version: number }
}

const latest = <L extends Versioned>(lines: readonly L[]): L | null =>
  lines.reduce<L | null>((best, line) => {
    if (best === null) return line
    const newer = line.value.version - best.value.version
    return newer > 0 || (newer === 0 && line.id > best.id) ? line : best
  }, null)
