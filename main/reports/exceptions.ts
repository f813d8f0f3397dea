import type { OrderException } from '../../db/report-exceptions.ts'
import type { ExceptionRow } from '../../protocol/office/exceptions.ts'
import { moneyOf } from '../../protocol/rest/values.ts'
import type { NameOfActor } from './report-context.ts'

/** Voids, comps, discounts, refunds and cancellations: who, when, why. */
export const exceptionToRest = (
  one: OrderException,
  nameOf: NameOfActor,
  seesReason: boolean,
): ExceptionRow => ({
  id: one.id,
  kind: one.kind,
  at: one.at,
  by: { actor: one.actor, name: nameOf(one.actor) },
  reason: seesReason ? one.reason : null,
  business_day: one.order.businessDay,
  order_id: one.order.id,
  order_number: one.order.number,
  order_status: one.order.status,
  item_name: one.itemName,
  quantity: one.quantity,
  amount: moneyOf(one.amountMinor, one.order.currency),
})
