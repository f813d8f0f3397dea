import { z } from 'zod'
import { businessDayIn } from '../../../domain/business-day.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import { shiftsOut, shiftsQuery, type ShiftsQuery } from '../../../protocol/rest/shift.ts'
import { linesFor, shiftReport, shiftsCsv, type ShiftReport } from '../../reports/shift-report.ts'
import { problemOf, type Problem } from '../problems.ts'
import { route, type Call, type Route } from '../route.ts'

const SHIFTS = '/api/v1/reports/shifts'
const CSV = 'text/csv; charset=utf-8'
const READERS = ['manager', 'admin', 'service'] as const
const DAY_MS = 86_400_000
const MOST_DAYS = 92

/** Hours, for whoever pays them: the same at a device and at the centre. */
export const shiftRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: SHIFTS,
    operationId: 'getShiftReport',
    summary: 'Who worked when, by shift and by person, with what a manager corrected.',
    roles: READERS,
    query: shiftsQuery,
    answer: { status: 200, schema: shiftsOut },
    handle: async (call) => {
      const report = await read(call)
      return report.ok ? ok({ body: report.value }) : report
    },
  }),
  route({
    method: 'GET',
    path: `${SHIFTS}/export`,
    operationId: 'exportShifts',
    summary: 'The same as a CSV file, a line for each shift.',
    roles: READERS,
    query: shiftsQuery,
    answer: { status: 200, schema: z.string(), type: CSV },
    handle: async (call) => {
      const report = await read(call)
      if (!report.ok) return report
      const { from, to } = report.value
      const headers = { 'content-disposition': `attachment; filename="shifts-${from}-${to}.csv"` }
      return ok({ body: shiftsCsv(report.value), headers, type: CSV })
    },
  }),
]

async function read({
  store,
  query,
  at,
}: Pick<Call<unknown, ShiftsQuery, unknown>, 'store' | 'query' | 'at'>): Promise<
  Result<ShiftReport & { readonly from: string; readonly to: string }, Problem>
> {
  const catalog = await store.catalog()
  const from = query.from ?? query.to ?? businessDayIn(catalog, Date.parse(at))
  const to = query.to ?? from
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS
  if (days < 0 || days > MOST_DAYS) {
    const wish = `Ask for up to ${MOST_DAYS} days, the first one in \`from\`.`
    return refuse(problemOf('validation_failed', wish))
  }
  const lines = await store.shiftLines(...linesFor(from, to))
  return ok({ from, to, ...shiftReport(lines, catalog, { from, to }, Date.parse(at)) })
}
