import { create } from 'zustand'
import type { Approvable } from '../../domain/approvals.ts'
import type { Channel } from '../../domain/catalog.ts'
import type { Customer } from '../../domain/customer.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import { isQuickNow } from './ringing/mode.ts'
import { quantityOf } from './ringing/quantity.ts'

/** What lies over the menu, if anything. */
export type Sheet =
  | { readonly kind: 'item'; readonly itemId: string; readonly quantity: number }
  | { readonly kind: 'combo'; readonly comboId: string; readonly quantity: number }
  /** All that can be done with one item beside ringing it up. */
  | { readonly kind: 'cell'; readonly itemId: string }
  /** `unknownCode`: it was scanned, and no item has it. */
  | { readonly kind: 'find'; readonly query: string; readonly unknownCode: string | null }
  /** What is not on the menu: its name and price are typed. */
  | { readonly kind: 'open'; readonly itemId: string; readonly quantity: number }
  | { readonly kind: 'details' }
  | { readonly kind: 'line'; readonly lineId: string }
  | { readonly kind: 'pay' }
  /** `isSeating`: the order in hand looks for a table; else one is opened. */
  | { readonly kind: 'tables'; readonly isSeating?: true }
  | { readonly kind: 'customer' }
  | { readonly kind: 'orders' }
  | { readonly kind: 'devices' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'move' }
  | { readonly kind: 'refund' }
  | { readonly kind: 'discount' }
  | { readonly kind: 'audit' }
  | { readonly kind: 'settle' }
  | { readonly kind: 'drawer' }
  | { readonly kind: 'reports' }
  | { readonly kind: 'receipt' }
  | { readonly kind: 'printers' }
  | { readonly kind: 'stock' }
  | { readonly kind: 'vouchers' }
  | { readonly kind: 'inbox' }
  | { readonly kind: 'alerts' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'more' }

/** Opened by a tap on the menu: it is about what is rung up next. */
export const isFromMenu = (sheet: Sheet | null): boolean =>
  sheet !== null && ['item', 'combo', 'open', 'cell', 'find'].includes(sheet.kind)

/** What a manager is asked to approve. `about`: the order's number, for the eye. */
export interface AskedApproval {
  readonly command: Approvable
  readonly orderId: string | null
  readonly about: string | null
}

export interface Notice {
  readonly tone: 'good' | 'bad'
  readonly text: string
}

/** Where the next order goes, before its first item makes it one. */
export interface Draft {
  readonly channel: Channel
  readonly table: string | null
  readonly customer: Customer | null
  readonly pager: string | null
  readonly notes: string | null
  /** ISO 8601; what the guest is told, and what the guest wants. */
  readonly promisedFor: string | null
  readonly scheduledFor: string | null
}

/** Over a counter: what is called out, and the change, until the next order begins. */
export interface LastPaid {
  readonly number: string
  readonly pager: string | null
  readonly changeMinor: number
  readonly currency: string
}

interface Till {
  readonly orderId: string | null
  /** An order that is no longer among the live ones, found by search. */
  readonly found: ShownOrder | null
  readonly draft: Draft
  /** Whose the next items are, and with which course they come; null: the table's, and none. */
  readonly seat: number | null
  readonly course: number | null
  /** Somebody serves tables here: after each order the floor plan is there again. */
  readonly isFromFloor: boolean
  readonly categoryId: string | null
  readonly sheet: Sheet | null
  /** It lies over all else until it is answered. */
  readonly approval: AskedApproval | null
  /** Tapping an item takes it off the menu or puts it back. */
  readonly is86Mode: boolean
  /** A command that must not be sent twice is under way. */
  readonly isBusy: boolean
  readonly notice: Notice | null
  /** Digits of how many of the next item; empty: one. */
  readonly quantityTyped: string
  readonly lastPaid: LastPaid | null
  /** Sent from this till last, newest first: shown until the kitchen has seen them. */
  readonly lastSentIds: readonly string[]
}

/** Over a counter nobody sits down. */
export const emptyDraft = (): Draft => ({
  channel: isQuickNow() ? 'takeout' : 'dine_in',
  table: null,
  customer: null,
  pager: null,
  notes: null,
  promisedFor: null,
  scheduledFor: null,
})
const LAST_SENT_SHOWN = 4

const atRest = () => ({
  orderId: null,
  found: null,
  draft: emptyDraft(),
  seat: null,
  course: null,
  isFromFloor: false,
  sheet: null,
  approval: null,
  is86Mode: false,
  isBusy: false,
  notice: null,
  quantityTyped: '',
  lastPaid: null,
})

export const useTill = create<Till>(() => ({ ...atRest(), categoryId: null, lastSentIds: [] }))

const { setState } = useTill

export const openSheet = (sheet: Sheet) => setState({ sheet, notice: null, is86Mode: false })
export const closeSheet = () =>
  setState(({ sheet, orderId, draft, isFromFloor }) => ({
    sheet: null,
    // Who puts the plan away without a table rings up without one.
    isFromFloor:
      isFromFloor && (sheet?.kind !== 'tables' || orderId !== null || draft.table !== null),
  }))
/** Once it is done, unless it came to nothing or another sheet lies there by then. */
export async function closeSheetAfter(done: Promise<unknown>): Promise<void> {
  const { sheet } = useTill.getState()
  if (Boolean(await done) && useTill.getState().sheet === sheet) closeSheet()
}
export const setQuantity = (quantityTyped: string) => setState({ quantityTyped })
export const clearQuantity = () => setState({ quantityTyped: '' })
/** What was typed counts for one item. */
export function takeQuantity(): number {
  const { quantityTyped } = useTill.getState()
  if (quantityTyped !== '') clearQuantity()
  return quantityOf(quantityTyped)
}
export const chooseSeat = (seat: number | null) => setState({ seat })
export const chooseCourse = (course: number | null) => setState({ course })
export const notify = (notice: Notice | null) => setState({ notice })
export const selectCategory = (categoryId: string) => setState({ categoryId, sheet: null })
export const toggle86Mode = () =>
  setState(({ is86Mode }) => ({ is86Mode: !is86Mode, sheet: null, notice: null }))

/** Shows an order. `found`: it comes from a search and is not kept up to date. */
export const openOrder = (orderId: string, found: ShownOrder | null = null) =>
  setState(({ sheet }) => ({
    orderId,
    found,
    draft: emptyDraft(),
    lastPaid: null,
    seat: null,
    course: null,
    isFromFloor: sheet?.kind === 'tables',
    sheet: null,
    notice: null,
    is86Mode: false,
  }))

/** The first item makes it an order there. */
export const startAtTable = (table: string) =>
  setState({
    orderId: null,
    found: null,
    draft: { ...emptyDraft(), table },
    seat: null,
    course: null,
    isFromFloor: true,
    sheet: null,
    notice: null,
    is86Mode: false,
  })

/** The menu is free for the next guest, or the floor plan for the next table. */
export const startNewOrder = (notice: Notice | null = null) =>
  setState(({ isFromFloor }) => ({
    orderId: null,
    found: null,
    draft: emptyDraft(),
    seat: null,
    course: null,
    sheet: isFromFloor && !isQuickNow() ? { kind: 'tables' } : null,
    notice,
    lastPaid: null,
    quantityTyped: '',
  }))

/** Over a counter the next order is open as soon as this one is paid. */
export function goOnAfter(order: ShownOrder, changeMinor: number): void {
  startNewOrder()
  const { number, pager, currency } = order
  setState({ lastPaid: { number, pager, changeMinor, currency } })
}

export const rememberSent = (orderId: string) =>
  setState(({ lastSentIds }) => ({
    lastSentIds: [orderId, ...lastSentIds.filter((id) => id !== orderId)].slice(0, LAST_SENT_SHOWN),
  }))

let onApproval: ((approvalId: string | null) => void) | null = null

/** Asks for a manager's PIN. Null: nobody approved. */
export function askApproval(approval: AskedApproval): Promise<string | null> {
  answerApproval(null)
  setState({ approval, notice: null })
  return new Promise((resolve) => (onApproval = resolve))
}

export function answerApproval(approvalId: string | null): void {
  setState({ approval: null })
  onApproval?.(approvalId)
  onApproval = null
}

/** Somebody else takes over: nothing of the one before stays on the screen. */
export function resetTill(): void {
  answerApproval(null)
  setState({ ...atRest(), lastSentIds: [] })
}
