import { ROLES, STORE_RECORD_ID, type Catalog, type Role } from '../../domain/catalog.ts'
import { APPROVED_COMMANDS } from '../../domain/approvals.ts'
import {
  orderCommandSchema,
  type OpenCommand,
  type OrderCommandType,
} from '../../domain/commands.ts'
import { timesOutAtMs } from '../../domain/order-timeout.ts'
import type { OrderView, ShownOrder } from '../../domain/order-view.ts'
import type { Rejection } from '../../domain/rejections.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { COMMAND_ROLES, mayCommand } from '../../domain/roles.ts'
import { orderToRest } from '../../protocol/rest/order-json.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import type { AmountIn } from '../../protocol/rest/values.ts'
import { readerFor, type CustomerReader } from '../personal-data/customers.ts'
import { problemOf, rejectionProblem, type Problem } from './problems.ts'
import { validationProblem } from './read-input.ts'
import type { OlderMissing } from './rest-store.ts'
import type { Answer, Call, Outcome } from './route.ts'

/** What the handlers of orders share: finding an order, running a command, reading an amount. */

type AnyCall = Call<unknown, unknown, unknown>

export async function findOrder(
  { store }: AnyCall,
  orderId: string,
): Promise<Result<OrderView, Problem>> {
  const order = await store.order(orderId)
  return order ? ok(order) : orderNotFound(orderId)
}

export async function runCommand(
  call: AnyCall,
  command: OpenCommand,
): Promise<Result<OrderView, Problem>> {
  const { store, caller } = call
  const { role, actor } = caller
  if (!mayCommand(role, command.type)) {
    return refused({ code: 'forbidden', role, command: command.type })
  }
  // What the log could not read again must not be written: the screens' door is this one's too.
  const parsed = orderCommandSchema.safeParse(command)
  if (!parsed.success) return refuse(validationProblem(parsed.error))
  // Nobody but this device knows the id of an order that is not there yet.
  const approvedId = command.type === 'createOrder' ? null : command.orderId
  const taken = isApprovable(command.type) ? call.takeApproval(command.type, approvedId) : null
  const stamped = {
    id: call.commandId,
    at: call.at,
    actor,
    role,
    ...(taken && { approval: taken.approval }),
    command: parsed.data,
  }
  const result = await store.execute(stamped, call.expectedVersion)
  if (result.ok) return result
  taken?.putBack()
  const order = await store.order(command.orderId)
  return refused(result.error, order?.currency ?? currencyOf(await store.catalog()))
}

/** Runs a command and answers with the order as it is then. */
export async function changeOrder(
  call: AnyCall,
  command: OpenCommand,
): Promise<Outcome<RestOrder>> {
  const result = await runCommand(call, command)
  return result.ok ? ok(await answerOrder(call, result.value)) : result
}

/** The order as this caller may see it. */
export async function answerOrder(call: AnyCall, order: OrderView): Promise<Answer<RestOrder>> {
  const { show } = await readerOf(call)
  return { body: shownToRest(call, show(order)), headers: { etag: etagOf(order) } }
}

/** With when it will be flagged, where this member does that. */
export function shownToRest({ store: { orderTimeoutMs } }: AnyCall, order: ShownOrder): RestOrder {
  const body = orderToRest(order)
  if (orderTimeoutMs === undefined) return body
  const atMs = timesOutAtMs(order, orderTimeoutMs)
  return { ...body, times_out_at: atMs === null ? null : new Date(atMs).toISOString() }
}

export async function readerOf({ store, caller }: AnyCall): Promise<CustomerReader> {
  return readerFor(await store.customers(), caller.role)
}

/** `currency`: for a refusal that names an amount. */
export const refused = (rejection: Rejection, currency = 'USD'): Result<never, Problem> =>
  refuse(rejectionProblem(rejection, currency))

export const orderNotFound = (orderId: string): Result<never, Problem> =>
  refused({ code: 'order_not_found', orderId })

export const currencyOf = (catalog: Catalog): string =>
  catalog.store.get(STORE_RECORD_ID)?.currency ?? 'USD'

/** Minor units of the order's currency; another currency is refused. */
export const minorOf = (amount: AmountIn, expected: string): Result<number, Problem> =>
  amount.currency === null || amount.currency === expected
    ? ok(amount.amount)
    : refuse(
        problemOf(
          'currency_mismatch',
          `Amounts here are in ${expected}, not in ${amount.currency}.`,
          { members: { expected, given: amount.currency } },
        ),
      )

export const explainMissing = (before: string): string =>
  `Orders created before ${before} may be at the centre alone, which cannot be reached now.`

export const olderUnreachable = ({ missingBefore: before }: OlderMissing): Problem =>
  problemOf('older_orders_unreachable', explainMissing(before), { members: { before } })

export const etagOf = (order: OrderView): string => `"${order.version}"`

const isApprovable = (command: OrderCommandType): command is keyof typeof APPROVED_COMMANDS =>
  Object.hasOwn(APPROVED_COMMANDS, command)

/** Roles that may ask for one of these commands at least. */
export const rolesOf = (...commands: readonly OrderCommandType[]): readonly Role[] =>
  ROLES.filter((role) => commands.some((command) => COMMAND_ROLES[command].includes(role)))
