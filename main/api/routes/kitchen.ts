import { ROLES } from '../../../domain/catalog.ts'
import { ok } from '../../../domain/result.ts'
import type { OrderView, TicketView } from '../../../domain/order-view.ts'
import {
  kitchenListQuery,
  kitchenMarkIn,
  orderParams,
  type KitchenMarkIn,
} from '../../../protocol/rest/order-requests.ts'
import { orderToKitchen } from '../../../protocol/rest/order-json.ts'
import { kitchenOrder, order } from '../../../protocol/rest/order.ts'
import { noQuery, pageOf } from '../../../protocol/rest/values.ts'
import { changeOrder, rolesOf } from '../order-calls.ts'
import { pageOfAll } from '../paging.ts'
import { route, type Route } from '../route.ts'

const KITCHEN = '/api/v1/kitchen/orders'

interface Queued {
  readonly order: OrderView
  readonly tickets: readonly TicketView[]
}

export const kitchenRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: KITCHEN,
    operationId: 'listKitchenOrders',
    summary: 'The kitchen queue: open orders with tickets that are not bumped, oldest first.',
    roles: ROLES,
    query: kitchenListQuery,
    answer: { status: 200, schema: pageOf(kitchenOrder) },
    handle: async ({ store, query }) => {
      const openOrders = await store.openOrders()
      const queue = openOrders.flatMap((one) => queued(one, query.station))
      const page = pageOfAll(queue, (q) => [oldestFiring(q), q.order.id], query)
      if (!page.ok) return page
      const { data, next_cursor } = page.value
      const body = { data: data.map((q) => orderToKitchen(q.order, q.tickets)), next_cursor }
      return ok({ body })
    },
  }),
  route({
    method: 'POST',
    path: `${KITCHEN}/{id}/prepare`,
    operationId: 'prepareOrder',
    summary: 'The kitchen has started: the order, some of its items, or those of a station.',
    roles: rolesOf('startPreparing'),
    params: orderParams,
    query: noQuery,
    body: kitchenMarkIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, { type: 'startPreparing', ...selection(call.params.id, call.body) }),
  }),
  route({
    method: 'POST',
    path: `${KITCHEN}/{id}/ready`,
    operationId: 'readyOrder',
    summary: 'Made: the order, some of its items, or those of a station.',
    roles: rolesOf('markReady'),
    params: orderParams,
    query: noQuery,
    body: kitchenMarkIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, { type: 'markReady', ...selection(call.params.id, call.body) }),
  }),
]

const selection = (orderId: string, body: KitchenMarkIn) => ({
  orderId,
  ...(body?.item_ids !== undefined && { lineIds: body.item_ids }),
  ...(body?.station !== undefined && { stationId: body.station }),
})

function queued(one: OrderView, station: string | undefined): Queued[] {
  const tickets = one.tickets.filter(
    (ticket) => !ticket.bumped && (station === undefined || ticket.stationId === station),
  )
  return tickets.length === 0 ? [] : [{ order: one, tickets }]
}

const oldestFiring = ({ tickets }: Queued): string =>
  tickets.reduce((oldest, { firedAt }) => (firedAt < oldest ? firedAt : oldest), '~')
