import type { LineRequest } from '../../../domain/commands.ts'
import type { Discount, ServiceCharge } from '../../../domain/events.ts'
import type { ShownOrder } from '../../../domain/order-view.ts'
import type { Split } from '../../../domain/split-schema.ts'
import { placeOf } from '../../ui/words.ts'
import { say } from '../../words/say.ts'
import { currentOrder } from '../current-order.ts'
import { requestOf } from '../ringing/repeat.ts'
import { offerUndo } from '../ringing/undo.ts'
import { notify, openOrder, useTill } from '../store.ts'
import { catalogNow, type Asking } from './asking.ts'
import { leaveOrder } from './leave-order.ts'
import type { Ringing } from './ringing.ts'

/** What changes an order that is there, and what it comes to. */
export function createOrderActions(
  { onCurrent, onOrder }: Asking,
  { addLine, bringBack }: Ringing,
) {
  return {
    changeLine: (lineId: string, line: LineRequest) =>
      onCurrent({
        type: 'changeLine',
        lineId,
        quantity: line.quantity,
        modifierIds: line.modifierIds,
        instructions: line.instructions,
      }),

    /** The order that the lines left; null: it did not work, and a notice says why. */
    moveLines: async (target: ShownOrder, lineIds: string[]): Promise<ShownOrder | null> => {
      const order = await onCurrent({ type: 'moveLines', toOrderId: target.id, lineIds })
      if (order === null) return null
      const to = { number: target.number, place: placeOf(target) }
      notify({ tone: 'good', text: say('news.moved', { count: lineIds.length, ...to }) })
      return order
    },

    /** True: everything is in the other order, which is in hand now. */
    mergeOrder: async (from: ShownOrder, target: ShownOrder): Promise<boolean> => {
      const merge = { type: 'mergeOrder', toOrderId: target.id } as const
      if ((await onOrder(() => from.id, merge)) === null) return false
      openOrder(target.id)
      const said = { order: from.number, target: target.number }
      notify({ tone: 'good', text: say('floor.merged', said) })
      return true
    },

    /** The order as it is split then, or whole (null); null: it did not work. */
    splitOrder: (split: Split | null) => onCurrent({ type: 'splitOrder', split }),

    /** What nobody has seen in the kitchen can be put back for a moment. */
    voidLine: async (lineId: string, reason: string | null): Promise<ShownOrder | null> => {
      const line = currentOrder()?.lines.find(({ id }) => id === lineId)
      const order = await onCurrent({ type: 'voidLine', lineId, reason })
      if (order !== null && line?.fired === false && line.combo === null) {
        offerUndo(say('lines.removed', { name: line.name }), order, () => {
          if (useTill.getState().orderId === order.id)
            addLine(requestOf(catalogNow(), line, line.quantity))
        })
      }
      return order
    },

    /** Made and served for nothing; null takes that back. */
    compLine: (lineId: string, reason: string | null) =>
      onCurrent({ type: 'compLine', lineId, reason }),

    setServiceCharge: (charge: ServiceCharge | null, reason: string | null) =>
      onCurrent({ type: 'setServiceCharge', charge, reason }),

    /** Null takes it back. */
    setDiscount: async (
      discount: Discount | null,
      reason: string | null,
    ): Promise<ShownOrder | null> => {
      const before = currentOrder()?.discount ?? null
      const order = await onCurrent({
        type: 'setDiscount',
        discount,
        reason,
      })
      if (order !== null) {
        const back = before?.discount ? before : { discount: null, reason: null }
        offerUndo(say('lines.discountSet'), order, () => {
          void onOrder(() => order.id, { type: 'setDiscount', ...back })
        })
      }
      return order
    },

    cancel: async (reason: string) => {
      const before = currentOrder()
      const order = await onCurrent({ type: 'cancelOrder', reason })
      if (order === null) return
      if (before !== null && canBringBack(before)) {
        offerUndo(say('lines.discarded', { number: order.number }), null, () => bringBack(before))
      }
      const isPaid = order.totals.paidMinor > 0
      if (isPaid) openOrder(order.id)
      else leaveOrder(order.id, say('news.cancelled', { number: order.number }))
    },
  }
}

/** Nothing of it has left the till, and no money is on it. */
const canBringBack = (order: ShownOrder): boolean =>
  order.totals.paidMinor === 0 &&
  order.customer === null &&
  order.lines.every((line) => !line.fired && line.combo === null)
