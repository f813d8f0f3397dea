import { STORE_RECORD_ID } from '../../domain/catalog.ts'
import type { OpenCommand, OrderCommandType } from '../../domain/commands.ts'
import type { OrderView } from '../../domain/order-view.ts'
import type { Rejection } from '../../domain/rejections.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { COMMAND_ROLES, mayCommand } from '../../domain/roles.ts'
import { ROLES, type Role } from '../../domain/catalog.ts'
import type { FoundEntry } from '../../protocol/look-up.ts'
import { orderToRest } from '../../protocol/rest/order-json.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import type { AmountIn } from '../../protocol/rest/values.ts'
import { readerFor, type CustomerReader } from '../personal-data/customers.ts'
import type { ApiDeps } from './deps.ts'
import { problemOf, rejectionProblem, type Problem } from './problems.ts'
import type { Answer, Call, Outcome } from './route.ts'

type AnyCall = Call<unknown, unknown, unknown>

/** What the handlers of orders share: running a command, finding an order, reading an amount. */
export interface OrderCalls {
  readonly find: (orderId: string) => Result<OrderView, Problem>
  /** Also where it has left this device. `entries`: those of the log, where they have. */
  readonly lookUp: (orderId: string) => Promise<Result<FoundOrder, Problem>>
  readonly run: (call: AnyCall, command: OpenCommand) => Result<OrderView, Problem>
  /** Runs a command and answers with the order as it is then. */
  readonly change: (call: AnyCall, command: OpenCommand) => Outcome<RestOrder>
  /** The order as this caller may see it. */
  readonly answer: (call: AnyCall, order: OrderView) => Answer<RestOrder>
  readonly reader: (call: AnyCall) => CustomerReader
  readonly refuse: (rejection: Rejection, currency?: string) => Result<never, Problem>
  /** Minor units of the order's currency; another currency is refused. */
  readonly minorOf: (amount: AmountIn, currency: string) => Result<number, Problem>
  readonly currency: () => string
}

export interface FoundOrder {
  readonly order: OrderView
  /** Absent: the log of this device has them. */
  readonly entries?: readonly FoundEntry[]
}

export function createOrderCalls({
  store,
  older,
  customers,
}: Pick<ApiDeps, 'store' | 'older' | 'customers'>): OrderCalls {
  const currency = (): string => store.catalog().store.get(STORE_RECORD_ID)?.currency ?? 'USD'

  const refused = (rejection: Rejection, of: string = currency()): Result<never, Problem> =>
    refuse(rejectionProblem(rejection, of))

  function find(orderId: string): Result<OrderView, Problem> {
    const order = store.order(orderId)
    return order ? ok(order) : refused({ code: 'order_not_found', orderId })
  }

  const reader = (call: AnyCall): CustomerReader => readerFor(customers, call.caller.role)

  const answer = (call: AnyCall, order: OrderView): Answer<RestOrder> => ({
    body: orderToRest(reader(call).show(order)),
    headers: { etag: etagOf(order) },
  })

  async function lookUp(orderId: string): Promise<Result<FoundOrder, Problem>> {
    const here = find(orderId)
    if (here.ok) return ok({ order: here.value })
    const leftUntil = older?.leftUntil() ?? null
    if (older === undefined || leftUntil === null) return here
    const found = await older.find({ orderId })
    if (found === null) return refuse(olderUnreachable(leftUntil))
    const [order] = found.orders
    return order === undefined ? here : ok({ order, entries: found.entries })
  }

  function run(call: AnyCall, command: OpenCommand): Result<OrderView, Problem> {
    const { role, actor } = call.caller
    if (!mayCommand(role, command.type)) {
      return refused({ code: 'forbidden', role, command: command.type })
    }
    const stamped = { id: call.commandId, at: call.at, actor, command: customers.seal(command) }
    const result = store.execute(stamped, call.expectedVersion)
    if (result.ok) return result
    return refused(result.error, store.order(command.orderId)?.currency)
  }

  return {
    find,
    lookUp,
    run,
    change: (call, command) => {
      const result = run(call, command)
      return result.ok ? ok(answer(call, result.value)) : result
    },
    answer,
    reader,
    refuse: refused,
    minorOf: (amount, expected) =>
      amount.currency === null || amount.currency === expected
        ? ok(amount.amount)
        : refuse(
            problemOf(
              'currency_mismatch',
              `Amounts here are in ${expected}, not in ${amount.currency}.`,
              { members: { expected, given: amount.currency } },
            ),
          ),
    currency,
  }
}

export const explainMissing = (before: string): string =>
  `Orders created before ${before} may be at the centre alone, which cannot be reached now.`

export const olderUnreachable = (before: string): Problem =>
  problemOf('older_orders_unreachable', explainMissing(before), { members: { before } })

export const etagOf = (order: OrderView): string => `"${order.version}"`

/** Roles that may ask for one of these commands at least. */
export const rolesOf = (...commands: readonly OrderCommandType[]): readonly Role[] =>
  ROLES.filter((role) => commands.some((command) => COMMAND_ROLES[command].includes(role)))
