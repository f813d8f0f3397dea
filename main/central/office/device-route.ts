import {
  isBehind,
  readDevices,
  type DeviceStanding,
  type LogStanding,
} from '../../../db/postgres/office/devices.ts'
import { countKeptAside } from '../../../db/postgres/lag.ts'
import { ok } from '../../../domain/result.ts'
import {
  devicesQuery,
  type OfficeDevice,
  type OfficeDevices,
} from '../../../protocol/office/devices.ts'
import { OFFICE_DEVICES_PATH } from '../../../protocol/office/paths.ts'
import { storeParams } from '../../../protocol/office/values.ts'
import { csvFile, type Columns } from './answer.ts'
import { withReport, type ReportDeps } from './report-context.ts'
import { officeRoute, type OfficeRoute } from './route.ts'
import { fileName } from './sales-routes.ts'

/** Each device of a store: what is here of it, what is missing, and when it was last heard (rule U2). */
export const deviceRoute = (deps: ReportDeps): OfficeRoute =>
  officeRoute({
    method: 'GET',
    path: OFFICE_DEVICES_PATH,
    roles: ['admin', 'manager'],
    params: storeParams,
    query: devicesQuery,
    handle: ({ params, query }) =>
      withReport(deps, params.store_id, {}, async (context) => {
        const { trx, range } = context
        const standings = (await readDevices(trx, [range.storeId])).get(range.storeId) ?? []
        const data = standings.map(toRest)
        if (query.format === 'csv') return ok(csvFile(fileName('devices', context), COLUMNS, data))
        const keptAside = await countKeptAside(trx, range.storeId)
        const body: OfficeDevices = { store_id: params.store_id, data, ...keptAside }
        return ok({ body })
      }),
  })

function toRest(standing: DeviceStanding): OfficeDevice {
  const { deviceId, record, isRemoved, lastContactAt, logs } = standing
  return {
    device_id: deviceId,
    name: record?.name ?? null,
    role: record?.role ?? null,
    code: record?.code ?? null,
    removed: isRemoved,
    last_contact_at: lastContactAt?.toISOString() ?? null,
    lag_seconds: lagSeconds(logs),
    missing_count: logs.reduce((sum, log) => sum + missingIn(log), 0),
    behind: isBehind(standing),
    logs: logs.map((log) => ({
      origin: log.origin,
      held_up_to: log.headSeq,
      known_up_to: log.knownSeq,
      missing:
        missingIn(log) === 0
          ? null
          : { from: log.headSeq + 1, to: log.knownSeq, count: missingIn(log) },
      newest_made_at: log.madeAt,
      newest_came_at: log.cameAt?.toISOString() ?? null,
    })),
  }
}

const missingIn = (log: LogStanding): number => Math.max(0, log.knownSeq - log.headSeq)

/** Of the log whose newest entry came last. A device's clock that is ahead makes no negative lag. */
function lagSeconds(logs: readonly LogStanding[]): number | null {
  const newest = logs
    .flatMap(({ madeAt, cameAt }) => {
      const madeMs = madeAt === null ? Number.NaN : Date.parse(madeAt)
      return cameAt === null || Number.isNaN(madeMs) ? [] : [{ madeMs, cameMs: cameAt.getTime() }]
    })
    .toSorted((a, b) => b.cameMs - a.cameMs)[0]
  if (newest === undefined) return null
  return Math.max(0, Math.round((newest.cameMs - newest.madeMs) / 1_000))
}

const COLUMNS: Columns<OfficeDevice> = [
  ['code', (row) => row.code],
  ['name', (row) => row.name],
  ['role', (row) => row.role],
  ['removed', (row) => (row.removed ? 'yes' : 'no')],
  ['behind', (row) => (row.behind ? 'yes' : 'no')],
  ['missing_count', (row) => row.missing_count],
  ['lag_seconds', (row) => row.lag_seconds],
  ['last_contact_at', (row) => row.last_contact_at],
  ['device_id', (row) => row.device_id],
]
