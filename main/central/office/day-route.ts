import { z } from 'zod'
import { countVoids, sumComps, sumsByStatus } from '../../../db/postgres/office/day.ts'
import { paymentsByMethod } from '../../../db/postgres/office/sales.ts'
import { taxesByDay } from '../../../db/postgres/office/taxes.ts'
import { fromPgText } from '../../../domain/nul-free-text.ts'
import { ok } from '../../../domain/result.ts'
import { DAY_PATH } from '../../../protocol/office/paths.ts'
import { OFFICE_ROLES } from '../../../protocol/office/session.ts'
import { EXPORT_FORMATS, storeParams } from '../../../protocol/office/values.ts'
import { dayQuery } from '../../../protocol/rest/report.ts'
import { dayReportOf, type DayReport } from '../../api/report-day.ts'
import { formatReport, reportToRest } from '../../report-format.ts'
import { withReport, type CentralReport, type ReportDeps } from './report-context.ts'
import { officeRoute, type OfficeRoute } from './route.ts'
import { fileName } from './sales-routes.ts'

const query = dayQuery.extend({ format: z.enum(EXPORT_FORMATS).default('json') })

/** The Z report of a day, as a till of the store gives it. */
export const dayRoute = (deps: ReportDeps): OfficeRoute =>
  officeRoute({
    method: 'GET',
    path: DAY_PATH,
    roles: OFFICE_ROLES,
    params: storeParams,
    query,
    handle: ({ params, query: { day, format } }) =>
      withReport(deps, params.store_id, { from: day, to: day }, async (context) => {
        const report = await readDay(context)
        if (format === 'json') return ok({ body: reportToRest(report) })
        const name = `${fileName('day', context)}.csv`.replaceAll(/[^\w.-]+/g, '-')
        const type = 'text/csv; charset=utf-8; header=present'
        return ok({ file: { type, name, text: once(formatReport(report, 'csv')) } })
      }),
  })

async function* once(text: string): AsyncGenerator<string> {
  yield text
}

async function readDay({ trx, range, store }: CentralReport): Promise<DayReport> {
  const orders = await sumsByStatus(trx, range)
  const taxes = await taxesByDay(trx, range, store.taxRounding)
  const payments = await paymentsByMethod(trx, range)
  const rows = {
    orders: orders.map(({ orders: count, ...sums }) => ({ ...sums, count })),
    taxes: taxes.map((tax) => ({
      taxRateId: fromPgText(tax.tax_rate_id),
      ratePpm: tax.rate_ppm,
      included: tax.included === 1,
      baseMinor: tax.base,
      taxMinor: tax.tax,
    })),
    payments: payments.map(({ key, payments: count, refunds, ...sums }) => ({
      ...sums,
      method: fromPgText(key),
      count,
      refund_count: refunds,
    })),
    voids: await countVoids(trx, range),
    comps: await sumComps(trx, range),
  }
  return dayReportOf(rows, range.from, store.currency)
}
