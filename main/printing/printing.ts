import { STORE_RECORD_ID, type Printer } from '../../domain/catalog.ts'
import { paperLanguages, type PaperLanguage } from '../../domain/languages.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { isOnPaper, paperReader } from '../../domain/paper-tickets.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { checksOf } from '../../domain/split.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { createPrintJobs, type NewPrintJob, type PrintJob } from '../../db/sqlite/print-jobs.ts'
import type { Commit, Store } from '../../db/sqlite/store.ts'
import type { Paper, PrinterState } from '../../protocol/paper.ts'
import type { PrintedReceipt, PrintRefusal } from '../../protocol/screens.ts'
import type { DayReport } from '../api/report-day.ts'
import { messageOf, type Logger } from '../logger.ts'
import { opensDrawer } from './opens-drawer.ts'
import { kitchenSlipOf } from './kitchen-slip.ts'
import { DRAWER_WAIT_MS, FORGET_EVERY_MS, MAX_REMEMBERED_KEYS, REMEMBER_MS } from './limits.ts'
import { dayReportPaper, testPaper, type DayPaper } from './other-papers.ts'
import { createPrinterQueue, type PrinterQueue } from './printer-queue.ts'
import { sendToPrinter } from './printer-socket.ts'
import { receiptOf, type ReceiptOrder } from './receipt.ts'
import { copiesOf, ticketsToPrint, type WantedSlip } from './tickets-to-print.ts'

/** Everything of this device that comes out of printers. Whoever asks never waits for one. */
export interface Printing {
  /** The receipt as it would be printed now, on this device's printer or on paper of its own width. */
  readonly previewReceipt: (
    order: ReceiptOrder,
    of?: ReceiptOf,
  ) => Result<ReceiptPaper, PrintRefusal>
  /** `key` is drawn where somebody asked: the same once more prints nothing more (rule L5). */
  readonly printReceipt: (
    order: ReceiptOrder,
    key: string,
    of?: ReceiptOf,
  ) => Result<PrintedReceipt, PrintRefusal>
  /** The kitchen's slips of an order once more, marked so. Gives how many there are. */
  readonly copySlips: (order: OrderView, key: string) => Result<number, PrintRefusal>
  readonly printDayReport: (
    report: DayReport,
    key: string,
    about: DayPaper,
  ) => Result<string, PrintRefusal>
  readonly printTest: (printerId: string, key: string) => Result<null, PrintRefusal>
  readonly hasDrawer: () => boolean
  readonly openDrawer: (key: string) => Result<null, PrintRefusal>
  /** Of the printers that this device prints on. */
  readonly states: () => PrinterState[]
  readonly stop: () => Promise<void>
}

/** Which receipt of an order. */
export interface ReceiptOf {
  /** The number of a check of the split bill; absent: the whole bill. */
  readonly part?: number | undefined
  /** The guest's; absent: the store's. */
  readonly language?: PaperLanguage | undefined
}

export interface ReceiptPaper {
  readonly paper: Paper
  readonly isDuplicate: boolean
}

export interface PrintingDeps {
  readonly store: Pick<
    Store,
    'catalog' | 'connection' | 'deviceId' | 'execute' | 'onCommit' | 'openOrders' | 'ownOrigin'
  >
  readonly kitchenAlarmAfterMs: number
  /** How often tickets are looked at that nobody may have seen. */
  readonly lookEveryMs: number
  readonly nowMs: () => number
  readonly onChange: () => void
  readonly logger: Pick<Logger, 'warn'>
  /** How a job reaches its printer. Absent: over a socket. */
  readonly send?: typeof sendToPrinter
}

const PREVIEW_COLUMNS = 42

export function createPrinting(deps: PrintingDeps): Printing {
  const { store, nowMs, logger } = deps
  const jobs = createPrintJobs(store.connection)
  const local = createLocalSettings(store.connection)
  const queues = new Map<string, PrinterQueue>()
  /** Keys that were asked for, so that most looks at an order cost no look at the disk. */
  const asked = new Set<string>()

  const printers = () => store.catalog().printer
  const printerWhere = (isMeant: (printer: Printer) => boolean): [string, Printer] | undefined =>
    [...printers()].toSorted(([a], [b]) => (a < b ? -1 : 1)).find(([, one]) => isMeant(one))
  const isOurs = ({ receiptsOf }: Printer): boolean => receiptsOf.includes(store.deviceId)
  const isUsedHere = (printer: Printer): boolean =>
    isOurs(printer) || (isTill() && printer.slipsOf.length + printer.fallbackFor.length > 0)
  const isTill = (): boolean => store.catalog().device.get(store.deviceId)?.role === 'terminal'

  function queueOf(printerId: string): PrinterQueue {
    const held = queues.get(printerId)
    if (held !== undefined) return held
    const printer = () => printers().get(printerId)
    const queue = createPrinterQueue({
      printerId,
      printer,
      jobs,
      send: deps.send ?? sendToPrinter,
      isUsedHere: () => {
        const now = printer()
        return now !== undefined && isUsedHere(now)
      },
      onPrinted: acknowledge,
      onChange: deps.onChange,
      nowMs,
      logger,
    })
    queues.set(printerId, queue)
    // Asks it how it is, and prints what waits from before this process.
    queue.wake()
    return queue
  }

  function add(job: Omit<NewPrintJob, 'createdMs'>): void {
    remember(job.key)
    if (jobs.add({ ...job, createdMs: nowMs() })) queueOf(job.printerId).wake()
  }

  function remember(key: string): void {
    if (asked.size >= MAX_REMEMBERED_KEYS) asked.clear()
    asked.add(key)
  }

  const wasAsked = (key: string): boolean => {
    if (asked.has(key)) return true
    const job = jobs.find(key)
    if (job !== null) remember(key)
    return job !== null
  }

  /** The kitchen has it: by paper, which the log says like a screen's word (rule K2). */
  function acknowledge({ kind, orderId, ticketId, printerId, key }: PrintJob): void {
    if ((kind !== 'slip' && kind !== 'fallback') || orderId === null || ticketId === null) return
    const deviceId = paperReader(kind, printerId)
    // An order that has left this device meanwhile needs no word any more.
    store.execute({
      id: `paper/${key}`,
      at: new Date(nowMs()).toISOString(),
      actor: `device:${store.deviceId}`,
      command: { type: 'seeTickets', orderId, ticketIds: [ticketId], deviceId },
    })
  }

  const ownOrigins = (): ReadonlySet<string> => {
    const kept = local.get('own_origins')
    return new Set([store.ownOrigin(), ...(kept === null ? [] : (JSON.parse(kept) as string[]))])
  }

  function lookAt(orders: Commit['orders']): void {
    const catalog = store.catalog()
    const rule = {
      catalog,
      ownOrigins: ownOrigins(),
      nowMs: nowMs(),
      allowedMs: deps.kitchenAlarmAfterMs,
      wasAsked,
    }
    for (const order of orders) {
      for (const slip of ticketsToPrint(order, rule)) {
        if (wasAsked(slip.key)) acknowledgeLate(slip)
        else addSlip(slip)
      }
    }
  }

  /** It came out, and the process ended before the log was told. */
  function acknowledgeLate({ key, kind, ticket, printerId }: WantedSlip): void {
    if (kind === 'void' || isOnPaper(ticket, kind, printerId)) return
    const job = jobs.find(key)
    if (job?.state === 'done') acknowledge(job)
  }

  function addSlip({ key, kind, printerId, order, ticket, lines }: WantedSlip): void {
    const catalog = store.catalog()
    const columns = catalog.printer.get(printerId)?.columns ?? PREVIEW_COLUMNS
    const paper = kitchenSlipOf({ order, ticket, lines, kind, catalog, columns })
    const common = { key, printerId, kind, orderId: order.id, ticketId: ticket.id }
    add({ ...common, paper: JSON.stringify(paper) })
  }

  /** After the commit's own turn: nobody who sells waits for what is to be printed. */
  const committed = new Map<string, Commit['orders'][number]>()
  const drawers: string[] = []
  let turn: NodeJS.Immediate | null = null
  const unsubscribe = store.onCommit(({ entries, orders, recordsChanged }) => {
    // A new address is worth a try at once.
    if (recordsChanged) for (const queue of queues.values()) queue.wake()
    if (printers().size === 0) return
    for (const order of orders) committed.set(order.id, order)
    for (const entry of entries) {
      const isNow = nowMs() - Date.parse(entry.at) < DRAWER_WAIT_MS
      if (entry.origin !== store.ownOrigin() || !isNow || !opensDrawer(entry, orders)) continue
      drawers.push(`entry/${entry.origin}/${entry.seq}`)
    }
    if (orders.length + drawers.length > 0) turn ??= setImmediate(takeTurn)
  })

  function takeTurn(): void {
    turn = null
    const changed = [...committed.values()]
    committed.clear()
    guarded(() => {
      for (const key of drawers.splice(0)) openDrawer(key)
      lookAt(changed)
    })
  }

  const timer = setInterval(() => {
    if (printers().size === 0) return
    guarded(() => {
      for (const [printerId, printer] of printers()) if (isUsedHere(printer)) queueOf(printerId)
      lookAt(store.openOrders())
    })
  }, deps.lookEveryMs)

  const forgetting = setInterval(() => guarded(forget), FORGET_EVERY_MS)
  const forget = (): void => jobs.forget(nowMs() - REMEMBER_MS)
  guarded(() => {
    forget()
    for (const printerId of printers().keys()) queueOf(printerId)
  })

  /** A disk that fails fails at the next sale too, and says so there. */
  function guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      logger.warn('what is to be printed could not be looked at', { detail: messageOf(error) })
    }
  }

  const ourDrawer = () => printerWhere((printer) => printer.drawer && isOurs(printer))

  function openDrawer(key: string): Result<null, PrintRefusal> {
    const found = ourDrawer()
    if (found === undefined) return refuse('no_drawer')
    const none = { orderId: null, ticketId: null, paper: null }
    add({ key: `drawer/${key}`, printerId: found[0], kind: 'drawer', ...none })
    return ok(null)
  }

  function receipt(
    order: ReceiptOrder,
    columns: number,
    { part, language }: ReceiptOf,
    before: PrintJob | null = null,
  ): Result<ReceiptPaper & { readonly part: string | null }, PrintRefusal> {
    const checks = part === undefined ? [] : checksOf(order)
    const own = checks.find((check) => check.part === part)
    if (part !== undefined && own === undefined) return refuse('check_not_found')
    const partName = own === undefined ? null : `${own.part}/${own.of}`
    const isDuplicate = jobs.hasReceipt(order.id, partName, before)
    const catalog = store.catalog()
    const paper = receiptOf({
      order,
      catalog,
      columns,
      isDuplicate,
      nowMs: nowMs(),
      language: language ?? paperLanguages(catalog).receipts,
      check: own && { own, all: checks },
    })
    return ok({ isDuplicate, paper, part: partName })
  }

  return {
    previewReceipt: (order, of = {}) =>
      receipt(order, printerWhere(isOurs)?.[1].columns ?? PREVIEW_COLUMNS, of),
    printReceipt: (order, asking, of = {}) => {
      const found = printerWhere(isOurs)
      if (found === undefined) return refuse('no_printer')
      const [printerId, { columns }] = found
      const key = `receipt/${asking}`
      const before = jobs.find(key)
      const made = receipt(order, columns, of, before)
      if (!made.ok) return made
      const { paper, isDuplicate, part } = made.value
      if (before !== null) return ok({ printerId: before.printerId, isDuplicate })
      const what = { orderId: order.id, ticketId: null, paper: JSON.stringify(paper), part }
      add({ key, printerId, kind: 'receipt', ...what })
      return ok({ printerId, isDuplicate })
    },
    copySlips: (order, asking) => {
      const catalog = store.catalog()
      const copies = copiesOf(order, catalog)
      if (copies.length === 0) return refuse('no_kitchen_printer')
      for (const { printerId, ticket, lines } of copies) {
        const columns = catalog.printer.get(printerId)?.columns ?? PREVIEW_COLUMNS
        const paper = kitchenSlipOf({ order, ticket, lines, kind: 'copy', catalog, columns })
        const key = `copy/${asking}/${printerId}/${ticket.id}`
        const what = { orderId: order.id, ticketId: ticket.id, paper: JSON.stringify(paper) }
        add({ key, printerId, kind: 'copy', ...what })
      }
      return ok(copies.length)
    },
    printDayReport: (report, asking, about) => {
      const found = printerWhere(isOurs)
      if (found === undefined) return refuse('no_printer')
      const [printerId, { columns }] = found
      const catalog = store.catalog()
      const { device, store: settings } = catalog
      const language = paperLanguages(catalog).receipts
      const { name: storeName = '', timeZone = 'UTC' } = settings.get(STORE_RECORD_ID) ?? {}
      const deviceName = (id: string) => device.get(id)?.name ?? id
      const at = new Date(nowMs()).toISOString()
      const said = { ...about, storeName, timeZone, columns, language, deviceName, at }
      const paper = JSON.stringify(dayReportPaper(report, said))
      const what = { orderId: null, ticketId: null, paper }
      add({ key: `report/${asking}`, printerId, kind: 'report', ...what })
      return ok(printerId)
    },
    printTest: (printerId, asking) => {
      const printer = printers().get(printerId)
      if (printer === undefined) return refuse('printer_not_found')
      const timeZone = store.catalog().store.get(STORE_RECORD_ID)?.timeZone ?? 'UTC'
      const paper = JSON.stringify(testPaper(printer, { nowMs: nowMs(), timeZone }))
      const what = { orderId: null, ticketId: null, paper }
      add({ key: `test/${asking}`, printerId, kind: 'test', ...what })
      return ok(null)
    },
    hasDrawer: () => ourDrawer() !== undefined,
    openDrawer,
    states: () =>
      [...printers()]
        .filter(([printerId, printer]) => isUsedHere(printer) || jobs.waiting(printerId) > 0)
        .map(([printerId]) => ({ printerId, ...queueOf(printerId).state() })),
    stop: async () => {
      unsubscribe()
      clearInterval(timer)
      clearInterval(forgetting)
      if (turn !== null) clearImmediate(turn)
      await Promise.all([...queues.values()].map((queue) => queue.stop()))
    },
  }
}
