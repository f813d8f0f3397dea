import { readRecords } from '../../../db/postgres/office/names.ts'
import { preparationTimes, type PreparationTimes } from '../../../db/postgres/office/preparation.ts'
import { fromPgText, toPgText } from '../../../domain/nul-free-text.ts'
import { ok } from '../../../domain/result.ts'
import { PREPARATION_PATH } from '../../../protocol/office/paths.ts'
import type { PreparationReport } from '../../../protocol/office/preparation.ts'
import { OFFICE_ROLES } from '../../../protocol/office/session.ts'
import { rangeQuery, storeParams } from '../../../protocol/office/values.ts'
import { csvFile, type Columns } from './answer.ts'
import {
  byHourOfDay,
  rangeToRest,
  withReport,
  type ReportContext,
  type ReportDeps,
} from './report-context.ts'
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

async function readPreparation(context: ReportContext): Promise<PreparationReport> {
  const { trx, range, store } = context
  const stations = await readRecords(trx, range.storeId, 'station')
  const lateAfter = new Map(
    [...stations].map(([id, station]) => [toPgText(id), station.lateAfterSeconds]),
  )
  const rows = await preparationTimes(trx, range, store.timeZone, lateAfter)
  const all = rows.find((row) => row.station_id === null && row.hour === null)
  const byHour = rows.flatMap((row) => (row.hour === null ? [] : [{ ...row, hour: row.hour }]))
  return {
    ...rangeToRest(context),
    all: timesToRest(all),
    by_station: rows.flatMap((row) => {
      if (row.station_id === null) return []
      const station_id = fromPgText(row.station_id)
      const station = stations.get(station_id)
      return [
        {
          station_id,
          name: station?.name ?? station_id,
          ...timesToRest(row),
          late_after_seconds: station?.lateAfterSeconds ?? null,
          late: station === undefined ? null : row.late,
        },
      ]
    }),
    by_hour: byHourOfDay(byHour, (row) => row.hour, store).map((row) => ({
      hour: row.hour,
      ...timesToRest(row),
    })),
  }
}

const timesToRest = (row: PreparationTimes | undefined) => ({
  tickets: row?.tickets ?? 0,
  unmeasured: row?.unmeasured ?? 0,
  p50_seconds: row?.percentiles?.[0] ?? null,
  p90_seconds: row?.percentiles?.[1] ?? null,
  p99_seconds: row?.percentiles?.[2] ?? null,
  longest_seconds: row?.longest ?? null,
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
