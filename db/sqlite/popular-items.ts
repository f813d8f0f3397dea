import type { Connection } from './connection.ts'

/** How much of an item was sold. */
export interface ItemCount {
  readonly itemId: string
  readonly quantity: number
}

/**
 * One look at one business day: what the orders of these logs had, without what was voided or
 * cancelled. What was picked in a combo counts for nothing: nobody tapped it.
 */
export function readItemCounts(
  { raw, sql }: Connection,
  day: string,
  origins: readonly string[],
): ItemCount[] {
  const query = sql
    .selectFrom('orders')
    .innerJoin('order_items', 'order_items.order_id', 'orders.id')
    .where('orders.business_day', '=', day)
    .where('orders.status', '!=', 'cancelled')
    .where('orders.origin', 'in', origins)
    .where('order_items.voided', '=', 0)
    .where('order_items.combo_id', 'is', null)
    .groupBy('order_items.menu_item_id')
    .select('order_items.menu_item_id as itemId')
    .select(({ fn }) => fn.sum<number>('order_items.quantity').as('quantity'))
    .compile()
  return raw.prepare<unknown[], ItemCount>(query.sql).all(...query.parameters)
}
