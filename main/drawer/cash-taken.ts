import { readEntry } from '../../db/fold-entries.ts'
import { createOwnEntries } from '../../db/sqlite/own-entries.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { CashTaken } from '../../domain/drawer.ts'

/**
 * The cash that sales brought into this device's drawer, and refunds took out of it, since a command.
 * What a device wrote is what was done at it, so its own log is what the drawer goes by. An entry
 * that was written again (rule L6) counts once: a payment and a refund are known by their ids.
 */
export function createCashTaken(store: Store): (sinceCommandId: string) => CashTaken {
  const ownEntries = createOwnEntries(store.connection)
  return (sinceCommandId) => {
    const sales = new Map<string, number>()
    const refunds = new Map<string, number>()
    for (const entry of ownEntries(sinceCommandId, '"order.payment_')) {
      for (const { event } of readEntry(entry).orderEvents) {
        if (event.type === 'order.payment_taken' && event.method === 'cash') {
          sales.set(event.paymentId, event.amountMinor + event.tipMinor)
        } else if (event.type === 'order.payment_refunded' && isOfCash(event)) {
          refunds.set(event.refundId, event.amountMinor)
        }
      }
    }
    return { salesMinor: sum(sales), refundsMinor: sum(refunds) }
  }

  function isOfCash({ orderId, paymentId }: { orderId: string; paymentId: string }): boolean {
    const paid = store.order(orderId)?.payments.find(({ id }) => id === paymentId)
    return paid === undefined || paid.method === 'cash'
  }
}

const sum = (amounts: ReadonlyMap<string, number>): number =>
  [...amounts.values()].reduce((total, amount) => total + amount, 0)
