import { actsWithApproval } from '../../domain/approvals.ts'
import { mayOpenDrawer } from '../../domain/roles.ts'
import type { Approvals } from '../approvals.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type {
  PrintedReceipt,
  PrintRefusal,
  ReceiptPreview,
  ScreenCall,
  ScreenRejection,
  SignedIn,
} from '../../protocol/screens.ts'
import type { Drawer } from '../drawer/drawer.ts'
import type { OlderOrders } from '../older-orders.ts'
import type { Printing } from '../printing/printing.ts'
import type { ReceiptOrder } from '../printing/receipt.ts'

/** What somebody at a till prints, and the drawer. Nobody waits for a printer here. */
export interface PrintCalls {
  readonly preview: (
    call: CallOf<'previewReceipt'>,
    staff: SignedIn | null,
  ) => Promise<Result<ReceiptPreview, ScreenRejection>>
  readonly receipt: (
    call: CallOf<'printReceipt'>,
    staff: SignedIn | null,
  ) => Promise<Result<PrintedReceipt, ScreenRejection>>
  readonly slips: (
    call: CallOf<'copySlips'>,
    staff: SignedIn | null,
  ) => Result<{ readonly slips: number }, ScreenRejection>
  readonly test: (
    call: CallOf<'testPrinter'>,
    staff: SignedIn | null,
  ) => Result<null, ScreenRejection>
  readonly drawer: (
    call: CallOf<'openDrawer'>,
    staff: SignedIn | null,
  ) => Result<null, ScreenRejection>
}

type CallOf<T extends ScreenCall['type']> = Extract<ScreenCall, { type: T }>

export interface PrintCallsDeps {
  readonly store: Pick<Store, 'order'>
  readonly older: OlderOrders
  readonly printing: Printing
  readonly drawer: Pick<Drawer, 'noSale'>
  readonly approvals: Approvals
  readonly nowMs: () => number
}

export function createPrintCalls(deps: PrintCallsDeps): PrintCalls {
  const { store, older, printing } = deps
  /** Here, or where it has left to. */
  async function find(
    orderId: string,
    staff: SignedIn | null,
  ): Promise<Result<ReceiptOrder, ScreenRejection>> {
    if (!staff) return refuse({ code: 'not_signed_in' })
    const here = store.order(orderId)
    if (here !== null) return ok(here)
    const found = older.leftUntil() === null ? null : await older.find({ orderId })
    const order = found?.orders?.[0]
    return order === undefined ? refuse({ code: 'order_not_found', orderId }) : ok(order)
  }

  const asRejection = <T>(result: Result<T, PrintRefusal>): Result<T, ScreenRejection> =>
    result.ok ? result : refuse({ code: result.error })

  return {
    preview: async ({ orderId, part, language }, staff) => {
      const order = await find(orderId, staff)
      if (!order.ok) return order
      const made = asRejection(printing.previewReceipt(order.value, { part, language }))
      if (!made.ok) return made
      const { paper, isDuplicate } = made.value
      return ok({ columns: paper.columns, lines: paper.lines, isDuplicate })
    },
    receipt: async ({ orderId, commandId, part, language }, staff) => {
      const order = await find(orderId, staff)
      if (!order.ok) return order
      return asRejection(printing.printReceipt(order.value, commandId, { part, language }))
    },
    slips: ({ orderId, commandId }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      const order = store.order(orderId)
      if (order === null) return refuse({ code: 'order_not_found', orderId })
      const copied = asRejection(printing.copySlips(order, commandId))
      return copied.ok ? ok({ slips: copied.value }) : copied
    },
    test: ({ printerId, commandId }, staff) =>
      staff
        ? asRejection(printing.printTest(printerId, commandId))
        : refuse({ code: 'not_signed_in' }),
    drawer: ({ commandId, reason, approvalId = '' }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      const isAlone = mayOpenDrawer(staff.role)
      if (!isAlone && !actsWithApproval(staff.role)) return refuse({ code: 'not_allowed' })
      if (!printing.hasDrawer()) return refuse({ code: 'no_drawer' })
      const wish = {
        command: 'openDrawer',
        orderId: null,
        asker: `staff:${staff.staffId}`,
      } as const
      const taken = isAlone ? null : deps.approvals.take(approvalId, wish)
      if (!isAlone && taken === null) {
        return refuse({ code: 'approval_required', command: 'openDrawer' })
      }
      const stamp = {
        id: commandId,
        at: new Date(deps.nowMs()).toISOString(),
        actor: wish.asker,
        ...(taken && { approval: taken.approval }),
      }
      // The journal's line opens it. While nobody counts what is in it, there is no such line.
      const written = deps.drawer.noSale(stamp, reason)
      return written.ok ? ok(null) : asRejection(printing.openDrawer(commandId))
    },
  }
}
