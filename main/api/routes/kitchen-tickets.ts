import { countAllDay, toMakeOn } from '../../../domain/all-day.ts'
import { ROLES } from '../../../domain/catalog.ts'
import { isOnTicket } from '../../../domain/order-parts.ts'
import { ok } from '../../../domain/result.ts'
import {
  acknowledgeIn,
  allDayQuery,
  handOverIn,
  orderParams,
  rushIn,
  ticketIn,
} from '../../../protocol/rest/order-requests.ts'
import { allDay, order } from '../../../protocol/rest/order.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { changeOrder, rolesOf } from '../order-calls.ts'
import { route, type Route } from '../route.ts'

const TICKETS_OF = '/api/v1/kitchen/orders/{id}'

/** What a kitchen screen does with a ticket, and what the kitchen still has to make. */
export const kitchenTicketRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: `${TICKETS_OF}/bump`,
    operationId: 'bumpTicket',
    summary: 'A ticket is made: its items are ready, and its changes are read.',
    roles: rolesOf('bumpTicket'),
    params: orderParams,
    query: noQuery,
    body: ticketIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, {
        type: 'bumpTicket',
        orderId: call.params.id,
        ticketId: call.body.ticket_id,
      }),
  }),
  route({
    method: 'POST',
    path: `${TICKETS_OF}/recall`,
    operationId: 'recallTicket',
    summary: 'A bumped ticket comes back to its station.',
    roles: rolesOf('recallTicket'),
    params: orderParams,
    query: noQuery,
    body: ticketIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, {
        type: 'recallTicket',
        orderId: call.params.id,
        ticketId: call.body.ticket_id,
      }),
  }),
  route({
    method: 'POST',
    path: `${TICKETS_OF}/acknowledge`,
    operationId: 'acknowledgeChanges',
    summary: 'The cook has read what changed on a ticket since it was sent.',
    roles: rolesOf('seeChanges'),
    params: orderParams,
    query: noQuery,
    body: acknowledgeIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, {
        type: 'seeChanges',
        orderId: call.params.id,
        ticketId: call.body.ticket_id,
        ...(call.body.change_ids !== undefined && { changeIds: call.body.change_ids }),
      }),
  }),
  route({
    method: 'POST',
    path: `${TICKETS_OF}/rush`,
    operationId: 'rushTickets',
    summary: 'Tickets go before all others, on every screen; or do so no more.',
    roles: rolesOf('rushTickets'),
    params: orderParams,
    query: noQuery,
    body: rushIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, {
        type: 'rushTickets',
        orderId: call.params.id,
        rush: call.body?.rush ?? true,
        ...(call.body?.ticket_ids !== undefined && { ticketIds: call.body.ticket_ids }),
      }),
  }),
  route({
    method: 'POST',
    path: `${TICKETS_OF}/hand-over`,
    operationId: 'handTickets',
    summary:
      'What is made leaves the kitchen. With its last ticket an order that is paid is completed, unless it is a delivery.',
    roles: rolesOf('handTickets'),
    params: orderParams,
    query: noQuery,
    body: handOverIn,
    answer: { status: 200, schema: order },
    handle: (call) =>
      changeOrder(call, {
        type: 'handTickets',
        orderId: call.params.id,
        handed: call.body?.handed ?? true,
        ...(call.body?.ticket_ids !== undefined && { ticketIds: call.body.ticket_ids }),
      }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/kitchen/all-day',
    operationId: 'countAllDay',
    summary: 'How much of each item and modifier is still to be made, the most first.',
    roles: ROLES,
    query: allDayQuery,
    answer: { status: 200, schema: allDay },
    handle: async ({ store, query }) => {
      const orders = await store.openOrders()
      const toMake = orders.flatMap((one) =>
        one.tickets
          .filter(({ stationId }) => query.station === undefined || stationId === query.station)
          .flatMap((ticket) =>
            toMakeOn(
              one,
              ticket,
              one.lines.filter((line) => isOnTicket(line, ticket.id)),
            ),
          ),
      )
      const items = countAllDay(toMake).map(({ itemId, ...count }) => ({
        menu_item_id: itemId,
        name: count.name,
        quantity: count.quantity,
        modifiers: count.modifiers.map((modifier) => ({ ...modifier })),
      }))
      return ok({ body: { items } })
    },
  }),
]
