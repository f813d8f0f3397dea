import type { OrderCommandType } from './commands.ts'

export const ORDER_STATUSES = [
  'pending',
  'confirmed',
  'preparing',
  'ready',
  'cancelled',
  'completed',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** Rule F2: when devices disagree, the later one in this row wins. */
export const statusRank = (status: OrderStatus): number => ORDER_STATUSES.indexOf(status)

export const furthest = (a: OrderStatus, b: OrderStatus): OrderStatus =>
  statusRank(a) >= statusRank(b) ? a : b

export type StatusMove = 'confirm' | 'prepare' | 'ready' | 'complete' | 'cancel'

/** Rule S1: the whole diagram. Null: refused. */
export const STATUS_MOVES: Record<OrderStatus, Record<StatusMove, OrderStatus | null>> = {
  pending: {
    confirm: 'confirmed',
    prepare: null,
    ready: null,
    complete: null,
    cancel: 'cancelled',
  },
  confirmed: {
    confirm: null,
    prepare: 'preparing',
    ready: null,
    complete: null,
    cancel: 'cancelled',
  },
  preparing: { confirm: null, prepare: null, ready: 'ready', complete: null, cancel: 'cancelled' },
  ready: { confirm: null, prepare: null, ready: null, complete: 'completed', cancel: null },
  cancelled: { confirm: null, prepare: null, ready: null, complete: null, cancel: null },
  completed: { confirm: null, prepare: null, ready: null, complete: null, cancel: null },
}

/** The statuses that an order in this one may be moved to. */
export const possibleFrom = (status: OrderStatus): OrderStatus[] =>
  Object.values(STATUS_MOVES[status]).filter((next) => next !== null)

const yes = true
const no = false

/**
 * Rule S2: whether a command makes sense at all in a state. Total by type: a new command or a new
 * state does not compile until every pair has been decided. A pair that is `yes` may still be
 * refused for what the order contains.
 */
export const PERMITTED: Record<OrderStatus, Record<OrderCommandType, boolean>> = {
  pending: {
    createOrder: no,
    addLines: yes,
    changeLine: yes,
    moveLines: yes,
    voidLine: yes,
    changeDetails: yes,
    setDiscount: yes,
    sendToKitchen: yes,
    confirmOrder: yes,
    startPreparing: no,
    markReady: no,
    completeOrder: no,
    cancelOrder: yes,
    markLines: no,
    bumpTicket: no,
    recallTicket: no,
    seeTickets: no,
    takePayment: yes,
    refundPayment: yes,
    cancelPayment: yes,
    settlePayment: yes,
    recordOutcome: yes,
    settleConflict: yes,
  },
  confirmed: {
    createOrder: no,
    addLines: yes,
    changeLine: yes,
    moveLines: yes,
    voidLine: yes,
    changeDetails: yes,
    setDiscount: yes,
    sendToKitchen: yes,
    confirmOrder: no,
    startPreparing: yes,
    markReady: no,
    completeOrder: no,
    cancelOrder: yes,
    markLines: yes,
    bumpTicket: yes,
    recallTicket: yes,
    seeTickets: yes,
    takePayment: yes,
    refundPayment: yes,
    cancelPayment: yes,
    settlePayment: yes,
    recordOutcome: yes,
    settleConflict: yes,
  },
  preparing: {
    createOrder: no,
    addLines: yes,
    changeLine: yes,
    moveLines: yes,
    voidLine: yes,
    changeDetails: yes,
    setDiscount: yes,
    sendToKitchen: yes,
    confirmOrder: no,
    startPreparing: yes,
    markReady: yes,
    completeOrder: no,
    cancelOrder: yes,
    markLines: yes,
    bumpTicket: yes,
    recallTicket: yes,
    seeTickets: yes,
    takePayment: yes,
    refundPayment: yes,
    cancelPayment: yes,
    settlePayment: yes,
    recordOutcome: yes,
    settleConflict: yes,
  },
  ready: {
    createOrder: no,
    addLines: yes,
    changeLine: yes,
    moveLines: yes,
    voidLine: yes,
    changeDetails: yes,
    setDiscount: yes,
    sendToKitchen: yes,
    confirmOrder: no,
    startPreparing: yes,
    markReady: yes,
    completeOrder: yes,
    cancelOrder: no,
    markLines: yes,
    bumpTicket: yes,
    recallTicket: yes,
    seeTickets: yes,
    takePayment: yes,
    refundPayment: yes,
    cancelPayment: yes,
    settlePayment: yes,
    recordOutcome: yes,
    settleConflict: yes,
  },
  cancelled: {
    createOrder: no,
    addLines: no,
    changeLine: no,
    /** Only what was moved to it without being seen, see `moved_after_cancel`. */
    moveLines: yes,
    voidLine: no,
    changeDetails: no,
    setDiscount: no,
    sendToKitchen: no,
    confirmOrder: no,
    startPreparing: no,
    markReady: no,
    completeOrder: no,
    cancelOrder: no,
    markLines: no,
    bumpTicket: yes,
    recallTicket: no,
    seeTickets: yes,
    takePayment: no,
    refundPayment: yes,
    cancelPayment: yes,
    settlePayment: yes,
    recordOutcome: yes,
    settleConflict: yes,
  },
  completed: {
    createOrder: no,
    addLines: no,
    changeLine: no,
    moveLines: no,
    voidLine: no,
    changeDetails: no,
    setDiscount: no,
    sendToKitchen: no,
    confirmOrder: no,
    startPreparing: no,
    markReady: no,
    completeOrder: no,
    cancelOrder: no,
    markLines: no,
    bumpTicket: yes,
    recallTicket: no,
    seeTickets: yes,
    takePayment: yes,
    refundPayment: yes,
    cancelPayment: yes,
    settlePayment: yes,
    recordOutcome: yes,
    settleConflict: yes,
  },
}
