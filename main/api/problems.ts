import { explainRejection, type Rejection, type RejectionCode } from '../../domain/rejections.ts'
import { moneyOf } from '../../protocol/rest/values.ts'

/** A refusal on its way out: RFC 9457, with a stable code. */
export interface Problem {
  readonly status: number
  readonly code: ProblemCode
  readonly detail: string
  readonly errors?: readonly FieldError[]
  /** The refusal's data, as further members. */
  readonly members?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

export interface FieldError {
  /** Members and positions with dots between: `items.0.quantity`. Empty: the body as a whole. */
  readonly path: string
  readonly message: string
}

type ApiCode =
  | 'answer_was_shown_once'
  | 'address_required'
  | 'bad_request'
  | 'body_too_large'
  | 'currency_mismatch'
  | 'customer_not_found'
  | 'database_unavailable'
  | 'device_not_found'
  | 'drawer_not_open'
  | 'drawer_open'
  | 'guests_not_kept'
  | 'idempotency_key_reused'
  | 'internal_error'
  | 'invalid_header'
  | 'invalid_json'
  | 'last_device'
  | 'locked_out'
  | 'not_a_manager'
  | 'picture_not_found'
  | 'pin_key_missing'
  | 'token_not_found'
  | 'too_busy'
  | 'wrong_pin'
  | 'check_not_found'
  | 'no_drawer'
  | 'no_kitchen_printer'
  | 'no_late_entries'
  | 'no_printer'
  | 'printer_not_found'
  | 'alert_not_found'
  | 'menu_item_not_found'
  | 'method_not_allowed'
  | 'not_found'
  | 'older_orders_unreachable'
  | 'record_not_found'
  | 'signed_out'
  | 'storage_failed'
  | 'store_header_missing'
  | 'store_not_found'
  | 'store_read_only'
  | 'job_not_found'
  | 'too_many_jobs'
  | 'too_many_listeners'
  | 'too_many_requests'
  | 'too_many_pictures'
  | 'too_many_webhooks'
  | 'too_many_subscriptions'
  | 'push_endpoint_refused'
  | 'voucher_not_overdrawn'
  | 'webhook_not_found'
  | 'webhook_url_refused'
  | 'unauthorized'
  | 'unsupported_media_type'
  | 'upgrade_required'
  | 'validation_failed'

export type ProblemCode = ApiCode | RejectionCode

interface Kind {
  readonly status: number
  readonly title: string
}

/** Every code that a caller may meet. Total: a new refusal does not compile without its status. */
export const PROBLEMS: Record<ProblemCode, Kind> = {
  address_required: { status: 422, title: 'A delivery needs an address' },
  answer_was_shown_once: { status: 409, title: 'Done already, and shown once' },
  bad_request: { status: 400, title: 'The request cannot be read' },
  body_too_large: { status: 413, title: 'The body is too large' },
  currency_mismatch: { status: 422, title: 'Another currency' },
  check_not_found: { status: 404, title: 'No such check of the bill' },
  customer_not_found: { status: 404, title: 'No such customer' },
  database_unavailable: { status: 503, title: 'The database does not answer' },
  device_not_found: { status: 404, title: 'No such device' },
  drawer_not_open: { status: 409, title: 'The cash drawer is closed' },
  drawer_open: { status: 409, title: 'The cash drawer is open already' },
  guests_not_kept: { status: 409, title: 'The centre may know nothing of guests here' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key stood for another request' },
  internal_error: { status: 500, title: 'A fault of this program' },
  invalid_header: { status: 400, title: 'A header cannot be read' },
  invalid_json: { status: 400, title: 'The body is not JSON' },
  last_device: { status: 409, title: 'The last device of the store' },
  no_drawer: { status: 409, title: 'No drawer is set up for this device' },
  no_kitchen_printer: { status: 409, title: 'No printer has slips of this order' },
  no_printer: { status: 409, title: 'No printer is set up for this device' },
  alert_not_found: { status: 404, title: 'No such alert' },
  printer_not_found: { status: 404, title: 'No such printer' },
  no_late_entries: { status: 409, title: 'Nothing there waits for a word' },
  locked_out: { status: 429, title: 'Too many wrong PINs' },
  not_a_manager: { status: 403, title: 'Not a manager' },
  pin_key_missing: { status: 503, title: 'A key of the store has not arrived yet' },
  token_not_found: { status: 404, title: 'No such token' },
  too_busy: { status: 503, title: 'Too much at once' },
  wrong_pin: { status: 403, title: 'The PIN is not right' },
  menu_item_not_found: { status: 404, title: 'No such menu item' },
  picture_not_found: { status: 404, title: 'No such picture' },
  method_not_allowed: { status: 405, title: 'Another method is needed' },
  not_found: { status: 404, title: 'Nothing is here' },
  older_orders_unreachable: {
    status: 503,
    title: 'Older orders are at the centre, which cannot be reached',
  },
  record_not_found: { status: 404, title: 'No such record' },
  store_not_loaded: { status: 503, title: 'The store has not arrived on this device yet' },
  signed_out: { status: 401, title: 'Nobody is signed in' },
  store_header_missing: { status: 400, title: 'Which store is meant?' },
  store_not_found: { status: 404, title: 'No such store' },
  storage_failed: { status: 503, title: 'The device could not write to its disk' },
  store_read_only: { status: 409, title: 'The centre may only read this store' },
  job_not_found: { status: 404, title: 'No such job' },
  too_many_jobs: { status: 429, title: 'Too many jobs wait' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  too_many_subscriptions: { status: 409, title: 'Too many follow this order' },
  push_endpoint_refused: { status: 422, title: 'That push service is not called' },
  too_many_webhooks: { status: 409, title: 'Too many webhooks' },
  too_many_pictures: { status: 409, title: 'Too many pictures' },
  webhook_not_found: { status: 404, title: 'No such webhook' },
  webhook_url_refused: { status: 422, title: 'Not an address to tell anything' },
  too_many_listeners: { status: 503, title: 'Too many listeners' },
  unauthorized: { status: 401, title: 'A valid token is needed' },
  unsupported_media_type: { status: 415, title: 'The body has to be JSON' },
  upgrade_required: { status: 426, title: 'A WebSocket or an event stream is needed' },
  validation_failed: { status: 422, title: 'The request does not fit its schema' },

  order_not_found: { status: 404, title: 'No such order' },
  line_not_found: { status: 404, title: 'No such item in the order' },
  ticket_not_found: { status: 404, title: 'No such ticket' },
  ticket_not_made: { status: 409, title: 'Not made yet' },
  payment_not_found: { status: 404, title: 'No such payment' },
  conflict_not_found: { status: 404, title: 'Nothing to settle' },
  forbidden: { status: 403, title: 'The role may not do this' },
  approval_required: { status: 403, title: 'A manager has to approve this' },
  version_mismatch: { status: 412, title: 'The order has changed' },
  invalid_transition: { status: 409, title: 'Not possible in this status' },
  customer_erased: { status: 409, title: 'The customer was erased' },
  order_exists: { status: 409, title: 'The order exists already' },
  line_already_sent: { status: 409, title: 'The item is with the kitchen' },
  line_voided: { status: 409, title: 'The item was voided' },
  line_moved: { status: 409, title: 'The item is in another order' },
  cannot_move_there: { status: 409, title: 'Not an order to move items to' },
  cannot_merge: { status: 409, title: 'Not an order that can be merged' },
  no_seats: { status: 409, title: 'No item has a seat' },
  item_split_twice: { status: 422, title: 'An item on two checks' },
  empty_course: { status: 422, title: 'Nothing is of this course' },
  course_already_sent: { status: 409, title: 'The course is with the kitchen' },
  line_not_fired: { status: 409, title: 'The item is not with the kitchen' },
  payment_required: { status: 409, title: 'To be paid first' },
  conflict_changed: { status: 409, title: 'More has become known' },
  resolution_not_possible: { status: 422, title: 'Not a way to settle this' },
  empty_order: { status: 422, title: 'An order without items' },
  unknown_item: { status: 422, title: 'No such menu item' },
  item_unavailable: { status: 422, title: 'Not available now' },
  not_sold_now: { status: 422, title: 'Not sold at this hour' },
  item_sold_out: { status: 422, title: 'Not enough left' },
  not_a_combo: { status: 422, title: 'Not a combo' },
  not_an_open_item: { status: 422, title: 'Not an open item' },
  open_item_needs_price: { status: 422, title: 'An open item needs a name and a price' },
  empty_combo: { status: 422, title: 'A combo without picks' },
  invalid_pick: { status: 422, title: 'Not a choice of the combo' },
  invalid_modifier: { status: 422, title: 'No such modifier' },
  modifier_count: { status: 422, title: 'Too few or too many modifiers' },
  too_many_items: { status: 422, title: 'Too many items' },
  voucher_not_overdrawn: { status: 409, title: 'Nothing to settle' },
  voucher_exists: { status: 409, title: 'The voucher was sold already' },
  voucher_unknown: { status: 404, title: 'No such voucher' },
  voucher_not_paid: { status: 409, title: 'The voucher is not paid yet' },
  voucher_spent: { status: 409, title: 'The voucher was paid with' },
  voucher_balance: { status: 422, title: 'More than the voucher is worth' },
  overpayment: { status: 422, title: 'More than is due' },
  insufficient_tender: { status: 422, title: 'Too little handed over' },
  payment_pending: { status: 409, title: 'A card is being asked for it' },
  no_card_terminal: { status: 422, title: 'This device has no card terminal' },
  intent_not_found: { status: 404, title: 'No such card payment or refund' },
  intent_closed: { status: 409, title: 'Nothing to cancel or to settle' },
  refund_too_large: { status: 422, title: 'More than was paid' },
  amount_too_large: { status: 422, title: 'Too large an amount' },
  scheduled_in_past: { status: 422, title: 'Wanted at a time that has passed' },
  scheduled_too_far: { status: 422, title: 'Wanted too far ahead' },
  slot_full: { status: 409, title: 'That quarter of an hour is full' },
  reason_required: { status: 422, title: 'A reason is needed' },
}

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code)

export const problemOf = (
  code: ProblemCode,
  detail: string,
  more: Pick<Problem, 'errors' | 'members' | 'headers'> = {},
): Problem => ({ status: PROBLEMS[code].status, code, detail, ...more })

/** REST's names where they differ, and `status`, which RFC 9457 has taken. */
const MEMBER_NAMES: Readonly<Record<string, string>> = {
  lineId: 'item_id',
  itemId: 'menu_item_id',
  status: 'order_status',
}

/** A refusal of the domain with its data: amounts as money, names in snake_case. */
export function rejectionProblem(rejection: Rejection, currency: string): Problem {
  const { code, ...data } = rejection
  const members = Object.fromEntries(
    Object.entries(data).map(([key, value]: [string, unknown]) =>
      key.endsWith('Minor') && typeof value === 'number'
        ? [snakeCase(key.slice(0, -'Minor'.length)), moneyOf(value, currency)]
        : [MEMBER_NAMES[key] ?? snakeCase(key), value],
    ),
  )
  return { status: PROBLEMS[code].status, code, detail: explainRejection(rejection), members }
}

const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The body as it is sent. Its type leads to the code's line on the page of the documentation. */
export const problemBody = (problem: Problem): Record<string, unknown> => ({
  ...problem.members,
  type: `/docs#${problem.code}`,
  title: PROBLEMS[problem.code].title,
  status: problem.status,
  code: problem.code,
  detail: problem.detail,
  ...(problem.errors && { errors: problem.errors }),
})

/** For the places where the framework takes errors alone: it comes out again at the error handler. */
export const problemError = (problem: Problem): Error & { readonly problem: Problem } =>
  Object.assign(new Error(problem.detail), { problem })
