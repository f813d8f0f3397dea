import { z } from 'zod'
import { ok } from '../../../domain/result.ts'
import {
  auditExportQuery,
  auditLine,
  auditPage,
  auditQuery,
  type AuditFilter,
  type AuditLine,
} from '../../../protocol/rest/audit.ts'
import { auditCsv, readAudit, type AuditSource } from '../../audit.ts'
import { readerOf } from '../order-calls.ts'
import { decodeCursor, encodeCursor } from '../paging.ts'
import { route, type Call, type Route } from '../route.ts'

const AUDIT = '/api/v1/audit'
const CSV = 'text/csv; charset=utf-8'
const MANAGERS = ['manager', 'admin'] as const
const position = z.tuple([z.number(), z.string(), z.number()])

/** Lines of one file. More are in the next one, by `to`. */
const MAX_EXPORTED = 20_000
const PER_READ = 500

export const auditRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: AUDIT,
    operationId: 'listAudit',
    summary:
      'Every change that the log holds, newest first: who, at which device, when, why, and who approved it.',
    roles: MANAGERS,
    query: auditQuery,
    answer: { status: 200, schema: auditPage },
    handle: async (call) => {
      const { limit, cursor, ...filter } = call.query
      const after = decodeCursor(cursor, position)
      if (!after.ok) return after
      const [clock, origin, seq] = after.value ?? []
      const from =
        clock === undefined || origin === undefined || seq === undefined
          ? null
          : { clock, origin, seq }
      const { lines, next } = await readAudit(await sourceOf(call), filter, from, limit)
      const next_cursor = next && encodeCursor([next.clock, next.origin, next.seq])
      return ok({ body: { data: [...lines], next_cursor } })
    },
  }),
  route({
    method: 'GET',
    path: `${AUDIT}/export`,
    operationId: 'exportAudit',
    summary: `The same as a file, up to ${MAX_EXPORTED} lines; the header \`Truncated\` says that there are more.`,
    roles: MANAGERS,
    query: auditExportQuery,
    answer: { status: 200, schema: z.string(), type: CSV },
    otherAnswers: [{ status: 200, schema: z.array(auditLine), when: 'As `format` asks.' }],
    handle: async (call) => {
      const { format, ...filter } = call.query
      const { lines, isCut } = await readAll(await sourceOf(call), filter)
      const headers = {
        'content-disposition': `attachment; filename="audit.${format}"`,
        ...(isCut && { truncated: 'true' }),
      }
      if (format === 'csv') return ok({ body: auditCsv(lines), headers, type: CSV })
      return ok({ body: JSON.stringify(lines), headers, type: 'application/json' })
    },
  }),
]

async function readAll(source: AuditSource, filter: AuditFilter) {
  const lines: AuditLine[] = []
  let next: Awaited<ReturnType<typeof readAudit>>['next'] = null
  do {
    const page = await readAudit(source, filter, next, PER_READ)
    lines.push(...page.lines)
    next = page.next
  } while (next !== null && lines.length < MAX_EXPORTED)
  return { lines: lines.slice(0, MAX_EXPORTED), isCut: next !== null }
}

const sourceOf = async (call: Call<unknown, unknown, unknown>): Promise<AuditSource> => ({
  catalog: await call.store.catalog(),
  reader: await readerOf(call),
  newest: async (after, limit) => call.store.newestEntries(after, limit),
})
