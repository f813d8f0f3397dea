import { z } from 'zod'
import { businessDayIn } from '../../../domain/business-day.ts'
import { ROLES, type Printer } from '../../../domain/catalog.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import type { PrinterState } from '../../../protocol/paper.ts'
import { orderParams } from '../../../protocol/rest/order-requests.ts'
import {
  printed,
  printer,
  printerIn,
  printerPage,
  printerParams,
  receiptQuery,
  type Printed,
  type RestPrinter,
} from '../../../protocol/rest/printer.ts'
import { dayQuery } from '../../../protocol/rest/report.ts'
import { noQuery, pageQuery } from '../../../protocol/rest/values.ts'
import type { PrintRefusal } from '../../../protocol/screens.ts'
import { drawersOfDay } from '../../drawer/day-drawers.ts'
import type { Drawer } from '../../drawer/drawer.ts'
import { explainPrintRefusal } from '../../printing/explain.ts'
import { paperToHtml, paperToText } from '../../printing/paper-html.ts'
import { printerFaults, printerRecordOf } from '../../printing/printer-settings.ts'
import type { Printing, ReceiptOf } from '../../printing/printing.ts'
import { olderUnreachable, orderNotFound } from '../order-calls.ts'
import { pageOfAll } from '../paging.ts'
import { problemOf, type Problem } from '../problems.ts'
import { route, type Route } from '../route.ts'

const PRINTERS = '/api/v1/printers'
const PRINTER = `${PRINTERS}/{id}`
const MANAGERS = ['manager', 'admin'] as const
const TILL = ['cashier', 'manager', 'admin', 'service'] as const

/** Printers, and what somebody asks of them by hand. Of a device: the centre prints nothing. */
export function printerRoutes(
  printing: Printing,
  drawer: Pick<Drawer, 'sessions'>,
): readonly Route[] {
  const stateOf = (id: string): PrinterState | undefined =>
    printing.states().find(({ printerId }) => printerId === id)

  return [
    route({
      method: 'GET',
      path: PRINTERS,
      operationId: 'listPrinters',
      summary: 'The printers of the store, and how they stand as this device sees it.',
      roles: ROLES,
      query: pageQuery,
      answer: { status: 200, schema: printerPage },
      handle: async ({ store, query }) => {
        const catalog = await store.catalog()
        const all = [...catalog.printer].map(([id, one]) => toRest(id, one, stateOf(id)))
        const page = pageOfAll(all, ({ name, id }) => [name, id], query)
        return page.ok ? ok({ body: page.value }) : page
      },
    }),
    route({
      method: 'PUT',
      path: PRINTER,
      operationId: 'setPrinter',
      summary: 'Sets up a printer, or another way.',
      roles: MANAGERS,
      params: printerParams,
      query: noQuery,
      body: printerIn,
      answer: { status: 200, schema: printer },
      handle: async ({ store, params: { id }, body, caller, commandId, at }) => {
        const stamp = { id: commandId, at, actor: caller.actor }
        const value = printerRecordOf(body)
        const changed = await store.changeRecords(stamp, (catalog) => {
          const faults = printerFaults(body, catalog)
          return faults.length > 0
            ? refuse(problemOf('validation_failed', FAULTY, { errors: faults }))
            : ok([{ type: 'record.set', kind: 'printer', id, value }])
        })
        return changed.ok ? ok({ body: toRest(id, value, stateOf(id)) }) : changed
      },
    }),
    route({
      method: 'DELETE',
      path: PRINTER,
      operationId: 'removePrinter',
      summary: 'Takes a printer away. What waits for it is dropped.',
      roles: MANAGERS,
      params: printerParams,
      query: noQuery,
      answer: { status: 200, schema: printer },
      handle: async ({ store, params: { id }, caller, commandId, at }) => {
        const before = (await store.catalog()).printer.get(id)
        if (before === undefined) return printerRefused('printer_not_found')
        const stamp = { id: commandId, at, actor: caller.actor }
        const changed = await store.changeRecords(stamp, () =>
          ok([{ type: 'record.set', kind: 'printer', id, value: null }]),
        )
        return changed.ok ? ok({ body: toRest(id, before, undefined) }) : changed
      },
    }),
    route({
      method: 'POST',
      path: `${PRINTER}/test`,
      operationId: 'testPrinter',
      summary: 'Prints a page that shows whether columns and letters are set as the printer is.',
      roles: TILL,
      params: printerParams,
      query: noQuery,
      answer: { status: 202, schema: printed },
      handle: ({ params: { id }, commandId }) => {
        const asked = printing.printTest(id, commandId)
        return asked.ok
          ? ok({ body: { printer_id: id, duplicate: false } })
          : printerRefused(asked.error)
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/orders/{id}/receipt',
      operationId: 'printReceipt',
      summary:
        'Prints the receipt, or the bill while it is not paid, on the printer of this device. Once more: marked DUPLICATE. With `format` the receipt is the answer, as text/html or text/plain.',
      roles: TILL,
      params: orderParams,
      query: receiptQuery,
      answer: { status: 202, schema: printed as z.ZodType<Printed | string> },
      otherAnswers: ['text/html', 'text/plain'].map((type) => ({
        status: 200,
        schema: z.string(),
        type,
        when: 'With `format`: the receipt itself.',
      })),
      handle: async ({ store, params: { id }, query, commandId }) => {
        const found = await store.lookUp(id)
        if (!found.ok) return refuse(olderUnreachable(found.error))
        const order = found.value
        if (order === null) return orderNotFound(id)
        const of = { part: query.check, language: query.language }
        if (query.format !== undefined) return preview(printing, order, query.format, of)
        const asked = printing.printReceipt(order, commandId, of)
        if (!asked.ok) return printerRefused(asked.error)
        const { printerId, isDuplicate } = asked.value
        return ok({ body: { printer_id: printerId, duplicate: isDuplicate } })
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/reports/day/print',
      operationId: 'printDayReport',
      summary: 'Prints the Z report of a business day on the printer of this device.',
      roles: ['manager', 'admin', 'service'],
      query: dayQuery,
      answer: { status: 202, schema: printed },
      handle: async ({ store, query, at, commandId }) => {
        const day = query.day ?? businessDayIn(await store.catalog(), Date.parse(at))
        const report = await store.dayReport(day)
        if (!report.ok) return refuse(olderUnreachable(report.error))
        const drawers = drawersOfDay(drawer, await store.catalog(), day)
        const asked = printing.printDayReport(report.value, commandId, { kind: 'z', drawers })
        return asked.ok
          ? ok({ body: { printer_id: asked.value, duplicate: false } })
          : printerRefused(asked.error)
      },
    }),
  ]
}

function preview(
  printing: Printing,
  order: Parameters<Printing['previewReceipt']>[0],
  format: 'html' | 'text',
  of: ReceiptOf,
) {
  const made = printing.previewReceipt(order, of)
  if (!made.ok) return printerRefused(made.error)
  const { paper } = made.value
  return ok(
    format === 'html'
      ? {
          status: 200,
          type: 'text/html; charset=utf-8',
          body: paperToHtml(paper, `Receipt ${order.number}`),
          headers: {
            'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
            'x-content-type-options': 'nosniff',
          },
        }
      : { status: 200, type: 'text/plain; charset=utf-8', body: paperToText(paper) },
  )
}

const printerRefused = (refusal: PrintRefusal): Result<never, Problem> =>
  refuse(problemOf(refusal, explainPrintRefusal(refusal)))

const FAULTY = 'The printer cannot be set up like that.'

const toRest = (id: string, record: Printer, state: PrinterState | undefined): RestPrinter => ({
  id,
  name: record.name,
  address: record.address,
  columns: record.columns,
  codepage: record.codepage,
  receipts_of: record.receiptsOf,
  slips_of: record.slipsOf,
  fallback_for: record.fallbackFor,
  drawer: record.drawer,
  state:
    state === undefined
      ? null
      : {
          trouble: state.trouble,
          waiting: state.waiting,
          dropped: state.dropped,
          last_printed_at: timeOrNull(state.lastPrintedMs),
          last_answered_at: timeOrNull(state.lastAnsweredMs),
          unprintable: [...state.unprintable],
        },
})

const timeOrNull = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString()
