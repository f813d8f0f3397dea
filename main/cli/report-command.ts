import { readCatalog } from '../../db/sqlite/record-table.ts'
import { explainMissing } from '../api/order-calls.ts'
import { readWholeDayReport } from '../api/whole-day-report.ts'
import type { Connection } from '../../db/sqlite/connection.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { createOrderProjection } from '../../db/sqlite/order-projection.ts'
import { createCentreClient } from '../../sync/centre-client.ts'
import { LOOK_UP_TIMEOUT_MS } from '../../sync/limits.ts'
import { createOlderOrders, type LookUpOlder } from '../older-orders.ts'
import { formatReport, REPORT_FORMATS } from '../report-format.ts'
import { fail, failUsage, requiredText, text, type Command } from './command.ts'
import { withDevice } from './device.ts'

export const report: Command = {
  name: 'report',
  summary:
    "Prints a business day's Z report as this device knows it.\nOrders that have left it are asked for at the centre.",
  options: { data: { type: 'string' }, day: { type: 'string' }, format: { type: 'string' } },
  values: { data: 'DIR', day: 'YYYY-MM-DD', format: REPORT_FORMATS.join('|') },
  required: ['data', 'day'],
  run: ({ values }) => {
    const day = requiredText(values, 'day')
    if (!isDay(day)) failUsage(`--day takes YYYY-MM-DD, not ${day}`)
    const asked = values['json'] === true ? 'json' : (text(values, 'format') ?? 'text')
    const format =
      REPORT_FORMATS.find((known) => known === asked) ??
      failUsage(`--format takes ${REPORT_FORMATS.join(', ')}, not ${asked}`)
    return withDevice(values, async (connection) => {
      const report = await readWholeDayReport(sourcesOf(connection), day)
      if (!report.ok) return fail(explainMissing(report.error.missingBefore))
      const output = formatReport(report.value, format)
      process.stdout.write(output.endsWith('\n') ? output : `${output}\n`)
    })
  },
}

const sourcesOf = (connection: Connection) => ({
  connection,
  catalog: readCatalog(connection, Date.now()),
  viewsOf: createOrderProjection(connection).views,
  older: createOlderOrders(connection, lookUpOf(connection)),
})

/** At the centre that the device was started with last, also while it does not run. */
function lookUpOf(connection: Connection): LookUpOlder {
  const local = createLocalSettings(connection)
  const url = local.get('central_url')
  if (url === null) return async () => null
  return createCentreClient({
    url,
    token: local.require('upstream_token'),
    storeId: local.require('store_id'),
    deviceId: local.require('device_id'),
    fetch,
    timeoutMs: LOOK_UP_TIMEOUT_MS,
    signal: new AbortController().signal,
  }).lookUp
}

const isDay = (text_: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text_) && !Number.isNaN(Date.parse(text_))
