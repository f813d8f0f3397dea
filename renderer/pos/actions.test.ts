import { expect, test } from 'vitest'
import type { OpenCommand } from '../../domain/commands.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import { createReplica, line, newOrder } from '../../test/support/orders.ts'
import type { Client } from '../ui/client.ts'
import { useLive } from '../ui/live-store.ts'
import { createTillActions } from './actions.ts'
import {
  closeSheetAfter,
  openOrder,
  openSheet,
  setQuantity,
  startAtTable,
  useTill,
} from './store.ts'

/** A terminal that takes its time, with a real order in it. */
function slowTerminal(answer?: (command: OpenCommand) => ShownOrder) {
  const replica = createReplica('A')
  const seen: OpenCommand[] = []
  const client = {
    call: async (_type: string, { command }: { readonly command: OpenCommand }) => {
      seen.push(command)
      await new Promise((resolve) => setTimeout(resolve, 20))
      if (answer !== undefined) return { ok: true, value: answer(command) }
      const result = replica.run(command as Parameters<typeof replica.run>[0])
      if (!result.ok) throw new Error(JSON.stringify(result.error))
      return { ok: true, value: result.value as ShownOrder }
    },
  } as unknown as Client
  return { replica, seen, actions: createTillActions(client) }
}

test('[Q2] who taps two items and at once leads away has both on the first order, and is away', async () => {
  const { replica, seen, actions } = slowTerminal((command) => ({
    ...(replica.view() as ShownOrder),
    id: command.orderId,
  }))
  replica.run(newOrder([line('burger', 1)]))
  useLive.setState({ heardAtMs: Date.now() })
  startAtTable('9')
  actions.addLine(line('salad'))
  actions.addLine(line('burger'))
  await new Promise<void>((resolve) =>
    actions.afterTaps(() => {
      openOrder('another')
      resolve()
    }),
  )
  const [first, second] = seen
  expect(first).toMatchObject({ type: 'createOrder', table: '9' })
  expect(second).toMatchObject({ type: 'addLines', orderId: first?.orderId })
  expect(useTill.getState().orderId).toBe('another')
})

test('a place that is tapped while the one before is on its way is not lost', async () => {
  const { replica, seen, actions } = slowTerminal()
  replica.run(newOrder([line('burger', 1)]))
  const order = replica.view()
  useTill.setState({ orderId: order?.id ?? null })
  useLive.setState({ heardAtMs: Date.now() })
  const both = [
    actions.setPlace({ channel: 'takeout', table: null }),
    actions.setPlace({ channel: 'dine_in', table: '9' }),
  ]
  expect(await Promise.all(both)).toEqual([true, true])
  expect(seen.map((command) => command.type)).toEqual(['changeDetails', 'changeDetails'])
  expect(replica.view()).toMatchObject({ channel: 'dine_in', table: '9' })
})

test('[Y9] a tap that went wrong keeps none after it from its turn', async () => {
  const { replica, seen, actions } = slowTerminal((command) => {
    if (seen.length === 1) throw new Error('broken')
    return { ...(replica.view() as ShownOrder), id: command.orderId }
  })
  replica.run(newOrder([line('burger', 1)]))
  useTill.setState({ orderId: replica.view()?.id ?? null })
  useLive.setState({ heardAtMs: Date.now() })
  const first = actions.setPlace({ channel: 'takeout', table: null })
  const second = actions.setPlace({ channel: 'dine_in', table: '9' })
  await expect(first).rejects.toThrow('broken')
  expect(await second).toBe(true)
})

test('[Y9] what is tapped before the answer to Send is here is the next guest’s', async () => {
  const { replica, seen, actions } = slowTerminal((command) => ({
    ...(replica.view() as ShownOrder),
    id: command.orderId,
  }))
  replica.run(newOrder([line('burger', 1)]))
  const order = replica.view() as ShownOrder
  useLive.setState({ heardAtMs: Date.now() })
  openOrder(order.id)
  useLive.setState({ ordersById: new Map([[order.id, order]]) })
  const sent = actions.sendToKitchen()
  actions.addLine(line('salad'))
  setQuantity('3')
  openSheet({ kind: 'item', itemId: 'steak', quantity: 1 })
  await sent
  expect(useTill.getState()).toMatchObject({ orderId: null, quantityTyped: '3' })
  expect(useTill.getState().sheet).toMatchObject({ kind: 'item', itemId: 'steak' })
  await new Promise<void>((resolve) => actions.afterTaps(resolve))
  expect(seen.map(({ type, orderId }) => [type, orderId === order.id])).toEqual([
    ['sendToKitchen', true],
    ['createOrder', false],
  ])
})

test('[Y9] exact cash takes all that was tapped before it, and once', async () => {
  const { replica, seen, actions } = slowTerminal()
  replica.run(newOrder([line('burger', 1)]))
  const order = replica.view() as ShownOrder
  useLive.setState({ heardAtMs: Date.now(), ordersById: new Map([[order.id, order]]) })
  openOrder(order.id)
  actions.addLine(line('salad'))
  await Promise.all([actions.payExactCash(), actions.payExactCash()])
  const both = replica.view() as ShownOrder
  expect(seen.map(({ type }) => type)).toEqual(['addLines', 'takePayment'])
  expect(both.totals).toMatchObject({ dueMinor: 0, paidMinor: both.totals.totalMinor })
  expect(both.totals.totalMinor).toBeGreaterThan(order.totals.totalMinor)
})

test('[Y9] an answer closes the sheet that asked, and none that was opened since', async () => {
  openSheet({ kind: 'move' })
  await closeSheetAfter(Promise.resolve(true))
  expect(useTill.getState().sheet).toBeNull()
  openSheet({ kind: 'tables', isSeating: true })
  const closed = closeSheetAfter(Promise.resolve(true))
  openSheet({ kind: 'line', lineId: 'fish' })
  await closed
  expect(useTill.getState().sheet).toEqual({ kind: 'line', lineId: 'fish' })
})
