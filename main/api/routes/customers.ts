import type { Role } from '../../../domain/catalog.ts'
import { NOTICE_CHANNELS, type NoticeChannel } from '../../../domain/notices.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import {
  customerExport,
  customerList,
  customerOrders,
  customerOrdersQuery,
  customerParams,
  customerQuery,
  putCustomerIn,
  restCustomer,
  type RestCustomer,
} from '../../../protocol/rest/customer.ts'
import { orderToRest } from '../../../protocol/rest/order-json.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import type { KnownCustomer } from '../../personal-data/known-customer.ts'
import { readerOf, refused } from '../order-calls.ts'
import { problemOf, type Problem } from '../problems.ts'
import type { RestStore } from '../rest-store.ts'
import { route, type Call, type Route } from '../route.ts'

const CUSTOMERS = '/api/v1/customers'
const TILL: readonly Role[] = ['cashier', 'manager', 'admin', 'service']
const MANAGERS: readonly Role[] = ['manager', 'admin']
/** Of one customer, in the answer to "what do you hold of me?". */
const MAX_EXPORTED_ORDERS = 1_000

/** The store's customers: found by the whole phone or e-mail alone, and erased for good. */
export const customerRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: CUSTOMERS,
    operationId: 'findCustomers',
    summary: 'Customers whose phone or e-mail is exactly this one, however it was typed.',
    roles: TILL,
    query: customerQuery,
    answer: { status: 200, schema: customerList },
    handle: async ({ store, query: { phone, email } }) => {
      const found = await store.findCustomers({
        ...(phone !== undefined && { phone }),
        ...(email !== undefined && { email }),
      })
      const data = await Promise.all(found.map((one) => toRest(store, one)))
      return ok({ body: { data } })
    },
  }),
  route({
    method: 'GET',
    path: `${CUSTOMERS}/{id}`,
    operationId: 'getCustomer',
    summary: 'What is known of a customer, and after an erasure who has obeyed it.',
    roles: TILL,
    params: customerParams,
    query: noQuery,
    answer: { status: 200, schema: restCustomer },
    handle: async (call) => {
      const known = await findCustomer(call)
      return known.ok ? ok({ body: await toRest(call.store, known.value) }) : known
    },
  }),
  route({
    method: 'PUT',
    path: `${CUSTOMERS}/{id}`,
    operationId: 'putCustomer',
    summary: 'Writes down a customer, whole.',
    roles: TILL,
    params: customerParams,
    query: noQuery,
    body: putCustomerIn,
    answer: { status: 200, schema: restCustomer },
    handle: async ({ store, caller, params: { id }, body, commandId, at }) => {
      const { language, notices = {}, ...fields } = body
      const stamp = { id: commandId, at, actor: caller.actor }
      const written = await store.writeCustomer(stamp, id, {
        customer: fields,
        notices: notices as Partial<Record<NoticeChannel, boolean>>,
        ...(language !== undefined && { language }),
      })
      return written.ok ? ok({ body: await toRest(store, written.value) }) : refused(written.error)
    },
  }),
  route({
    method: 'GET',
    path: `${CUSTOMERS}/{id}/orders`,
    operationId: 'listCustomerOrders',
    summary: 'The newest orders of a customer that are here.',
    roles: TILL,
    params: customerParams,
    query: customerOrdersQuery,
    answer: { status: 200, schema: customerOrders },
    handle: async (call) => ok({ body: { data: await ordersOf(call, call.query.limit) } }),
  }),
  route({
    method: 'POST',
    path: `${CUSTOMERS}/{id}/erase`,
    operationId: 'eraseCustomer',
    summary:
      'Erases a customer for good: every device, and the centre, destroys the keys of what is known.',
    roles: MANAGERS,
    params: customerParams,
    query: noQuery,
    answer: { status: 200, schema: restCustomer },
    handle: async (call) => {
      const { store, caller, params, commandId, at } = call
      const stamp = { id: commandId, at, actor: caller.actor }
      if (!(await store.eraseCustomer(stamp, params.id))) return notFound(params.id)
      const known = await findCustomer(call)
      return known.ok ? ok({ body: await toRest(store, known.value) }) : known
    },
  }),
  route({
    method: 'GET',
    path: `${CUSTOMERS}/{id}/export`,
    operationId: 'exportCustomer',
    summary: 'All that is held of a customer, for the customer.',
    roles: MANAGERS,
    params: customerParams,
    query: noQuery,
    answer: { status: 200, schema: customerExport },
    handle: async (call) => {
      const known = await findCustomer(call)
      if (!known.ok) return known
      const orders = await ordersOf(call, MAX_EXPORTED_ORDERS)
      return ok({ body: { customer: await toRest(call.store, known.value), orders } })
    },
  }),
]

type CustomerCall = Call<{ readonly id: string }, unknown, unknown>

async function findCustomer({
  store,
  params,
}: CustomerCall): Promise<Result<KnownCustomer, Problem>> {
  const known = await store.customer(params.id)
  return known === null ? notFound(params.id) : ok(known)
}

async function ordersOf(call: CustomerCall, count: number) {
  const orders = await call.store.ordersOfCustomer(call.params.id, count)
  const { show } = await readerOf(call)
  return orders.map((order) => orderToRest(show(order)))
}

async function toRest(store: RestStore, known: KnownCustomer): Promise<RestCustomer> {
  const reach = known.erasedAt === null ? [] : await store.erasedOn(known.id)
  return {
    id: known.id,
    customer: known.customer,
    language: known.language,
    notices: Object.fromEntries(
      NOTICE_CHANNELS.map((channel) => [channel, !known.unwanted.includes(channel)]),
    ) as Record<NoticeChannel, boolean>,
    updated_at: known.writtenAt,
    erased_at: known.erasedAt,
    erased_on: reach.map(({ deviceId, name, erased }) => ({ device_id: deviceId, name, erased })),
  }
}

const notFound = (id: string) =>
  refuse(problemOf('customer_not_found', `The store knows no customer ${id}.`))
