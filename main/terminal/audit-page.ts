import { z } from 'zod'
import { createNewestEntries } from '../../db/sqlite/newest-entries.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { AuditFilter } from '../../protocol/rest/audit.ts'
import type { AuditShown, ScreenCall } from '../../protocol/screens.ts'
import { readAudit } from '../audit.ts'
import type { CustomerReader } from '../personal-data/customers.ts'

const LINES = 50
const position = z.tuple([z.number(), z.string(), z.number()])

type AuditCall = Pick<Extract<ScreenCall, { type: 'readAudit' }>, 'view' | 'after'>

/** A page of the audit for a till; an `after` that is none begins at the newest. */
export async function auditForScreens(
  { connection, catalog }: Pick<Store, 'connection' | 'catalog'>,
  reader: CustomerReader,
  { view, after }: AuditCall,
): Promise<AuditShown> {
  const newest = createNewestEntries(connection)
  const parsed = readPosition(after)
  const [clock = 0, origin = '', seq = 0] = parsed.data ?? []
  const { lines, next } = await readAudit(
    { catalog: catalog(), reader, newest: async (from, limit) => newest(from, limit) },
    VIEWS[view],
    parsed.success ? { clock, origin, seq } : null,
    LINES,
  )
  return { lines, next: next && JSON.stringify([next.clock, next.origin, next.seq]) }
}

function readPosition(after: string | null) {
  try {
    return position.safeParse(JSON.parse(after ?? 'null'))
  } catch {
    return position.safeParse(null)
  }
}

const VIEWS: Readonly<Record<AuditCall['view'], AuditFilter>> = {
  all: {},
  approved: { approved: true },
  money: {
    types: ['order.line_voided', 'order.discount_set', 'order.payment_refunded', 'order.cancelled'],
  },
  people: { types: ['record.set', 'record.withdrawn', 'journal.written'] },
}
