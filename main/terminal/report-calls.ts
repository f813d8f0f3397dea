import { businessDayIn } from '../../domain/business-day.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { ScreenCall, ScreenRejection, ShownReport, SignedIn } from '../../protocol/screens.ts'
import type { DayReport } from '../api/report-day.ts'
import { readWholeDayReport } from '../api/whole-day-report.ts'
import { drawersOfDay } from '../drawer/day-drawers.ts'
import type { Drawer } from '../drawer/drawer.ts'
import type { OlderOrders } from '../older-orders.ts'
import type { Printing } from '../printing/printing.ts'
import { reportToRest } from '../report-format.ts'
import type { Shifts } from '../shifts/shifts.ts'
import { readDeviceReport } from '../reports/device-reports.ts'
import { byHourOfDay } from '../reports/report-context.ts'

/** The day as it stands, for a manager at the till; X and Z on paper. */
export interface ReportCalls {
  readonly read: (
    call: Extract<ScreenCall, { type: 'readReport' }>,
    staff: SignedIn | null,
  ) => Promise<Result<ShownReport, ScreenRejection>>
  readonly print: (
    call: Extract<ScreenCall, { type: 'printReport' }>,
    staff: SignedIn | null,
  ) => Promise<Result<null, ScreenRejection>>
}

export interface ReportCallsDeps {
  readonly store: Pick<Store, 'catalog' | 'connection' | 'orders' | 'storeId'>
  readonly older: OlderOrders
  readonly drawer: Pick<Drawer, 'session' | 'sessions'>
  readonly shifts: Pick<Shifts, 'ofDay'>
  readonly printing: Pick<Printing, 'printDayReport'>
  readonly nowMs: () => number
}

export function createReportCalls(deps: ReportCallsDeps): ReportCalls {
  const { store, older, drawer, shifts, printing, nowMs } = deps

  const today = (): string => businessDayIn(store.catalog(), nowMs())

  async function dayOf(
    day: string,
    staff: SignedIn | null,
  ): Promise<Result<DayReport, ScreenRejection>> {
    if (!staff) return refuse({ code: 'not_signed_in' })
    if (staff.role !== 'manager' && staff.role !== 'admin') return refuse({ code: 'not_allowed' })
    const report = await readWholeDayReport(reading(), day)
    return report.ok ? report : refuse({ code: 'older_orders_unreachable' })
  }

  const reading = () => ({
    storeId: store.storeId,
    connection: store.connection,
    catalog: store.catalog(),
    viewsOf: store.orders,
    older,
  })

  return {
    read: async ({ day: asked }, staff) => {
      const day = asked ?? today()
      const report = await dayOf(day, staff)
      if (!report.ok) return report
      const hours = await readDeviceReport(reading(), { from: day, to: day }, async (context) =>
        byHourOfDay(await context.source.salesByHour(), ({ key }) => key, context.store).map(
          ({ key: hour, orders, total: totalMinor }) => ({ hour, orders, totalMinor }),
        ),
      )
      return hours.ok
        ? ok({
            report: reportToRest(report.value),
            hours: hours.value,
            drawers: drawersOfDay(drawer, store.catalog(), day),
            shifts: shifts.ofDay(store.catalog(), day),
            isToday: day === today(),
            isDrawerOpen: drawer.session() !== null,
          })
        : refuse({ code: 'older_orders_unreachable' })
    },
    print: async ({ commandId, kind, day: asked }, staff) => {
      const day = asked ?? today()
      const report = await dayOf(day, staff)
      if (!report.ok) return report
      const open = drawer.session()
      // A Z says what was counted: while this till's drawer is open, nobody has.
      if (kind === 'z' && open !== null && day === today()) {
        return refuse({ code: 'drawer_open', openedAt: open.openedAt })
      }
      const drawers = drawersOfDay(drawer, store.catalog(), day)
      const printed = printing.printDayReport(report.value, commandId, { kind, drawers })
      return printed.ok ? ok(null) : refuse({ code: printed.error })
    },
  }
}
