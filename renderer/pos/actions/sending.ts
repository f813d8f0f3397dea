import type { ShownOrder } from '../../../domain/order-view.ts'
import { formatTime } from '../../ui/format.ts'
import { useLive } from '../../ui/live-store.ts'
import { settingsOf } from '../../ui/settings.ts'
import { placeOf } from '../../ui/words.ts'
import { say } from '../../words/say.ts'
import { hasSendable } from '../courses/next-course.ts'
import { currentOrder } from '../current-order.ts'
import { mustPayFirst } from '../order-steps.ts'
import { notify, openSheet, rememberSent } from '../store.ts'
import { lacksAddress } from '../takeout/promises.ts'
import { waitsText } from '../takeout/waits.ts'
import type { Asking, OwnCommand } from './asking.ts'
import { leaveOrder } from './leave-order.ts'

/** What brings an order to the kitchen, and from there to the guest. */
export function createSending({ onCurrent, onOrder, leading }: Asking) {
  return {
    sendToKitchen: (): Promise<void> =>
      leading(async (before) => {
        const unsent = currentOrder()
        if (unsent !== null && lacksAddress(unsent)) {
          openSheet({ kind: 'customer' })
          return notify({ tone: 'bad', text: say('front.addressMissing') })
        }
        // For later, and waiting for its time already: whoever sends it again wants it now.
        const isEarly = unsent?.status === 'confirmed' && unsent.scheduledFor !== null
        const wish: OwnCommand = { type: 'sendToKitchen', ...(isEarly && { early: true }) }
        const order = await onCurrent(wish, before)
        if (order === null) return
        const waits = waitsText(order)
        if (waits !== null) return leaveOrder(order.id, waits)
        rememberSent(order.id)
        leaveOrder(order.id, say('news.sent', { number: order.number, place: placeOf(order) }))
      }),

    holdCourse: (course: number) => onCurrent({ type: 'holdCourse', course }),

    fireCourse: (course: number, name: string): Promise<void> =>
      leading(async (before) => {
        const order = await onCurrent({ type: 'fireCourse', course }, before)
        if (order === null) return
        rememberSent(order.id)
        const text = say('floor.fired', { course: name, order: order.number })
        if (hasSendable(order)) notify({ tone: 'good', text })
        else leaveOrder(order.id, text)
      }),

    /** What came from outside gets its time, and goes to the kitchen where it may be paid later. */
    acceptOrder: async (order: ShownOrder, promisedMs: number) => {
      const promisedFor = new Date(promisedMs).toISOString()
      const accepted = await onOrder(() => order.id, { type: 'changeDetails', promisedFor })
      if (accepted === null) return
      const { catalog } = useLive.getState()
      const settings = catalog && settingsOf(catalog)
      const maySend =
        accepted.status === 'pending' && !mustPayFirst(accepted, settings ?? undefined)
      if (maySend) await onOrder(() => order.id, { type: 'sendToKitchen' })
      notify({
        tone: 'good',
        text: say('front.accepted', { number: order.number, time: formatTime(promisedMs) }),
      })
    },

    refuseOrder: async (order: ShownOrder, reason: string) => {
      const refused = await onOrder(() => order.id, { type: 'cancelOrder', reason })
      if (refused !== null)
        notify({ tone: 'good', text: say('front.refused', { number: order.number }) })
    },

    complete: (): Promise<void> =>
      leading(async (before) => {
        const order = await onCurrent({ type: 'completeOrder' }, before)
        if (order !== null) leaveOrder(order.id, say('news.handedOver', { number: order.number }))
      }),
  }
}
