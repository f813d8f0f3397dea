import { soldOrder, type SoldOrder } from './contender.ts'

/** Orders of a long time: the last `open` of them are open, all others closed. */
export const manyOrders = (count: number, open: number): SoldOrder[] =>
  Array.from({ length: count }, (_, n) => soldOrder(n < count - open ? 'completed' : 'pending'))
