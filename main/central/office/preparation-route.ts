import { ok } from '../../../domain/result.ts'
import { PREPARATION_PATH } from '../../../protocol/office/paths.ts'
import type { PreparationReport } from '../../../protocol/office/preparation.ts'
import { OFFICE_ROLES } from '../../../protocol/office/session.ts'
import { rangeQuery, storeParams } from '../../../protocol/office/values.ts'
import { readPreparation } from '../../reports/preparation.ts'
import { csvFile, type Columns } from './answer.ts'
import { withReport, type ReportDeps } from './report-context.ts'
import { officeRoute, type OfficeRoute } from './route.ts'
import { fileName } from './sales-routes.ts'

/** How long the kitchen takes. */
export const preparationRoute = (deps: ReportDeps): OfficeRoute =>
  officeRoute({
    method: 'GET',
    path: PREPARATION_PATH,
    roles: OFFICE_ROLES,
    params: storeParams,
    query: rangeQuery,
    handle: ({ params, query }) =>
      withReport(deps, params.store_id, query, async (context) => {
        const report = await readPreparation(context)
        if (query.format === 'json') return ok({ body: report })
        return ok(csvFile(fileName('preparation', context), COLUMNS, csvRows(report)))
      }),
  })

type CsvRow = PreparationReport['all'] & {
  readonly group: 'all' | 'station' | 'hour'
  readonly key: string
  readonly name: string
  readonly late: number | null
}

const csvRows = ({ all, by_station, by_hour }: PreparationReport): CsvRow[] => [
  { ...all, group: 'all', key: '', name: '', late: null },
  ...by_station.map((row) => ({ ...row, group: 'station' as const, key: row.station_id })),
  ...by_hour.map((row) => ({
    ...row,
    group: 'hour' as const,
    key: row.hour,
    name: `${row.hour}:00`,
    late: null,
  })),
]

const COLUMNS: Columns<CsvRow> = [
  ['group', (row) => row.group],
  ['key', (row) => row.key],
  ['name', (row) => row.name],
  ['tickets', (row) => row.tickets],
  ['unmeasured', (row) => row.unmeasured],
  ['p50_seconds', (row) => row.p50_seconds],
  ['p90_seconds', (row) => row.p90_seconds],
  ['p99_seconds', (row) => row.p99_seconds],
  ['longest_seconds', (row) => row.longest_seconds],
  ['late', (row) => row.late],
]
