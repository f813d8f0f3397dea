import { describe, expect, test } from 'vitest'
import { ORDER_COMMAND_TYPES, type OrderCommand } from '../../domain/commands.ts'
import { COMMAND_ROLES } from '../../domain/roles.ts'
import {
  ORDER_STATUSES,
  PERMITTED,
  possibleFrom,
  STATUS_MOVES,
  type OrderStatus,
  type StatusMove,
} from '../../domain/order-status.ts'
import { refuse } from '../../domain/result.ts'
import {
  createReplica,
  line,
  newOrder,
  smallCatalog,
  TEST_ORDER_ID,
  type Replica,
} from '../support/orders.ts'

const orderId = TEST_ORDER_ID

/** An order in each status, made the way a restaurant makes it. */
const inStatus: Record<OrderStatus, () => Replica> = {
  pending: () => withCommands(newOrder([line('burger'), line('salad')])),
  confirmed: () => then(inStatus.pending(), { type: 'sendToKitchen', orderId }),
  preparing: () => then(inStatus.confirmed(), { type: 'startPreparing', orderId }),
  ready: () => then(inStatus.preparing(), { type: 'markReady', orderId }),
  completed: () => then(inStatus.ready(), { type: 'completeOrder', orderId }),
  cancelled: () => then(inStatus.pending(), { type: 'cancelOrder', orderId, reason: 'left' }),
}

function withCommands(...commands: readonly OrderCommand[]): Replica {
  return then(createReplica('A'), ...commands)
}

function then(replica: Replica, ...commands: readonly OrderCommand[]): Replica {
  for (const command of commands) {
    const result = replica.run(command)
    if (!result.ok) throw new Error(`${command.type}: ${JSON.stringify(result.error)}`)
  }
  return replica
}

const moveCommands: Record<StatusMove, OrderCommand> = {
  confirm: { type: 'confirmOrder', orderId },
  prepare: { type: 'startPreparing', orderId },
  ready: { type: 'markReady', orderId },
  complete: { type: 'completeOrder', orderId },
  cancel: { type: 'cancelOrder', orderId, reason: 'left' },
}

/** Some command of each type that says no more than it must. */
const someCommand: Record<OrderCommand['type'], OrderCommand> = {
  createOrder: newOrder(),
  addLines: { type: 'addLines', orderId, lines: [line('bottle')] },
  changeLine: { type: 'changeLine', orderId, lineId: 'A-c1.0', quantity: 2 },
  moveLines: { type: 'moveLines', orderId, toOrderId: 'other', lineIds: ['A-c1.0'] },
  splitOrder: { type: 'splitOrder', orderId, split: { kind: 'equal', parts: 2 } },
  mergeOrder: { type: 'mergeOrder', orderId, toOrderId: 'other' },
  voidLine: { type: 'voidLine', orderId, lineId: 'A-c1.0', reason: 'dropped' },
  compLine: { type: 'compLine', orderId, lineId: 'A-c1.0', reason: 'long wait' },
  changeDetails: { type: 'changeDetails', orderId, notes: 'window' },
  setDiscount: { type: 'setDiscount', orderId, discount: null, reason: null },
  setServiceCharge: { type: 'setServiceCharge', orderId, charge: null, reason: null },
  sendToKitchen: { type: 'sendToKitchen', orderId },
  holdCourse: { type: 'holdCourse', orderId, course: 2 },
  fireCourse: { type: 'fireCourse', orderId, course: 2 },
  confirmOrder: { type: 'confirmOrder', orderId },
  startPreparing: { type: 'startPreparing', orderId },
  markReady: { type: 'markReady', orderId },
  completeOrder: { type: 'completeOrder', orderId },
  cancelOrder: { type: 'cancelOrder', orderId, reason: 'left' },
  timeOutOrder: { type: 'timeOutOrder', orderId },
  markLines: { type: 'markLines', orderId, lineIds: ['A-c1.0'], mark: 'ready' },
  bumpTicket: { type: 'bumpTicket', orderId, ticketId: 'A-c2.0/grill' },
  recallTicket: { type: 'recallTicket', orderId, ticketId: 'A-c2.0/grill' },
  seeTickets: { type: 'seeTickets', orderId, ticketIds: ['A-c2.0/grill'], deviceId: 'k' },
  rushTickets: { type: 'rushTickets', orderId, rush: true },
  handTickets: { type: 'handTickets', orderId, handed: true },
  seeChanges: { type: 'seeChanges', orderId, ticketId: 'A-c2.0/grill' },
  takePayment: {
    type: 'takePayment',
    orderId,
    method: 'cash',
    amountMinor: 1,
    tipMinor: 0,
    tenderedMinor: null,
  },
  refundPayment: { type: 'refundPayment', orderId, paymentId: 'p', amountMinor: 1, reason: 'cold' },
  sellVoucher: { type: 'sellVoucher', orderId, voucherId: 'v', hint: '7K2M', amountMinor: 1 },
  withdrawVoucher: { type: 'withdrawVoucher', orderId, voucherId: 'v' },
  cancelPayment: { type: 'cancelPayment', orderId, intentId: 'p' },
  settlePayment: { type: 'settlePayment', orderId, intentId: 'p', as: 'taken', reason: 'slip' },
  recordOutcome: {
    type: 'recordOutcome',
    orderId,
    intentId: 'p',
    outcome: { kind: 'unclear', detail: null },
  },
  settleConflict: {
    type: 'settleConflict',
    orderId,
    kind: 'overpaid',
    resolution: 'kept',
    note: null,
  },
}

describe('the state machine', () => {
  const pairs = ORDER_STATUSES.flatMap((status) =>
    (Object.keys(moveCommands) as StatusMove[]).map((move) => [status, move] as const),
  )

  test.each(pairs)('[S1] from %s: %s', (status, move) => {
    const target = STATUS_MOVES[status][move]
    const replica = inStatus[status]()
    expect(replica.view()!.status).toBe(status)
    const result = replica.run(moveCommands[move])
    if (target !== null) {
      expect(result.ok).toBe(true)
      expect(replica.view()!.status).toBe(target)
    } else {
      expect(result).toMatchObject({
        ok: false,
        error: { code: 'invalid_transition', status, possible: possibleFrom(status) },
      })
      expect(replica.view()!.status).toBe(status)
    }
  })

  test.each(ORDER_STATUSES.flatMap((s) => ORDER_COMMAND_TYPES.map((c) => [s, c] as const)))(
    '[S2] %s takes %s as the table says',
    (status, type) => {
      const before = inStatus[status]()
      const result = before.run(someCommand[type])
      const code = result.ok ? null : result.error.code
      if (type === 'createOrder') expect(code).toBe('order_exists')
      else if (!PERMITTED[status][type]) expect(code).toBe('invalid_transition')
      // Permitted in this state, and refused still where every line is so far already.
      else if (type !== 'startPreparing' && type !== 'markReady') {
        expect(code).not.toBe('invalid_transition')
      }
    },
  )

  test('[S2] a role may use each command but the one of a terminal, and the tables know every command', () => {
    for (const type of ORDER_COMMAND_TYPES) {
      const isDeviceAlone = type === 'recordOutcome' || type === 'timeOutOrder'
      expect(COMMAND_ROLES[type].length > 0).toBe(!isDeviceAlone)
      expect(someCommand[type].type).toBe(type)
    }
    expect(ORDER_COMMAND_TYPES).toHaveLength(35)
  })

  test('[S1] an online order is confirmed by its payment and not before', () => {
    const replica = withCommands(newOrder([line('burger')], 'online'))
    expect(replica.run({ type: 'confirmOrder', orderId })).toMatchObject({
      ok: false,
      error: { code: 'payment_required', channel: 'online', dueMinor: 1_361 },
    })
    then(replica, { ...cash(1_361) })
    expect(replica.view()).toMatchObject({ status: 'confirmed', totals: { dueMinor: 0 } })
    expect(replica.view()!.tickets).toHaveLength(1)
  })

  test('[S1] without auto-confirm a paid order waits for a person', () => {
    const replica = then(
      createReplica('A', { autoConfirm: false }),
      newOrder([line('burger')], 'online'),
      cash(1_361),
    )
    expect(replica.view()!.status).toBe('pending')
    then(replica, { type: 'confirmOrder', orderId })
    expect(replica.view()!.status).toBe('confirmed')
  })

  test('[S1] of a channel that is confirmed by hand a paid order waits, and the others do not', () => {
    const catalog = smallCatalog()
    const store = catalog.store.get('store')!
    catalog.store.set('store', { ...store, confirmByHandChannels: ['online'] })
    const online = createReplica('A', { catalog })
    then(online, newOrder([line('burger')], 'online'), cash(1_361))
    expect(online.view()!.status).toBe('pending')
    then(online, { type: 'confirmOrder', orderId })
    expect(online.view()).toMatchObject({ status: 'confirmed', tickets: [{}] })
    const takeout = then(
      createReplica('A', { catalog }),
      newOrder([line('burger')], 'takeout'),
      cash(1_361),
    )
    expect(takeout.view()!.status).toBe('confirmed')
  })

  test.each([
    ['sent as it comes, where it is paid later', ['online'], [], null, true, 'confirmed'],
    ['and waits where it is paid first', ['takeout'], [], null, true, 'pending'],
    ['or where a person confirms it', ['online'], ['online'], null, true, 'pending'],
    ['or for its time', ['online'], [], '2026-01-03T18:00:00Z', true, 'pending'],
    ['or on a device that confirms nothing', ['online'], [], null, false, 'pending'],
  ] as const)(
    '[S1] an online order is %s',
    (_, payLater, byHand, scheduledFor, autoConfirm, status) => {
      const catalog = smallCatalog()
      catalog.store.set('store', {
        ...catalog.store.get('store')!,
        payLaterChannels: [...payLater],
        confirmByHandChannels: [...byHand],
      })
      const replica = createReplica('A', { catalog, autoConfirm })
      then(replica, { ...newOrder([line('burger')], 'online'), scheduledFor } as OrderCommand)
      expect(replica.view()).toMatchObject({ status, lines: [{ itemId: 'burger' }] })
      expect(replica.view()!.tickets).toHaveLength(status === 'confirmed' ? 1 : 0)
    },
  )

  test('[S1] an order with nothing to cook is ready as soon as it is sent', () => {
    const replica = withCommands(newOrder([line('bottle', 2)]), { type: 'sendToKitchen', orderId })
    expect(replica.view()!.statusHistory.map((fact) => fact.status)).toEqual([
      'pending',
      'confirmed',
      'preparing',
      'ready',
    ])
    expect(replica.view()!.tickets).toEqual([])
  })

  test('[S1] the last cent of a ready dine-in order completes it, of a delivery it does not', () => {
    const paidAtTable = withCommands(newOrder([line('bottle')], 'dine_in'), {
      type: 'sendToKitchen',
      orderId,
    })
    then(paidAtTable, cash(paidAtTable.view()!.totals.dueMinor))
    expect(paidAtTable.view()!.status).toBe('completed')
    const delivery = withCommands(newOrder([line('bottle')], 'delivery'), {
      type: 'sendToKitchen',
      orderId,
    })
    then(delivery, cash(delivery.view()!.totals.dueMinor))
    expect(delivery.view()!.status).toBe('ready')
  })

  test('[S1] a bottle that is paid over the counter is taken along; who was told a time comes later', () => {
    const paidFirst = (...more: OrderCommand[]) => {
      const replica = withCommands(newOrder([line('bottle')], 'takeout'), ...more)
      then(replica, cash(replica.view()!.totals.dueMinor))
      return replica.view()!.status
    }
    expect(paidFirst()).toBe('completed')
    const promisedFor = '2026-01-05T18:00:00.000Z'
    expect(paidFirst({ type: 'changeDetails', orderId, promisedFor })).toBe('ready')
    const food = withCommands(newOrder([line('burger'), line('bottle')], 'takeout'))
    then(food, cash(food.view()!.totals.dueMinor))
    expect(food.view()!.status).toBe('confirmed')
  })
})

function cash(amountMinor: number, more: { tipMinor?: number; tenderedMinor?: number } = {}) {
  return {
    type: 'takePayment' as const,
    orderId,
    method: 'cash' as const,
    amountMinor,
    tipMinor: more.tipMinor ?? 0,
    tenderedMinor: more.tenderedMinor ?? null,
  }
}

describe('ordering', () => {
  test('[L5] the same command twice gives the same events once', () => {
    const replica = createReplica('A')
    replica.run(newOrder([line('burger')]), 'tap-1')
    const once = replica.events().length
    replica.run(newOrder([line('burger')]), 'tap-1')
    replica.run({ type: 'addLines', orderId, lines: [line('salad')] }, 'tap-2')
    replica.run({ type: 'addLines', orderId, lines: [line('salad')] }, 'tap-2')
    expect(replica.events()).toHaveLength(once + 1)
  })

  test('[L5] the same command on two devices is one line and one payment after they meet', () => {
    const a = createReplica('A')
    const b = createReplica('B')
    a.run(newOrder([line('burger')]))
    b.receive(a.events())
    for (const replica of [a, b]) {
      replica.run({ type: 'addLines', orderId, lines: [line('salad')] }, 'tap-2')
      replica.run(cash(100), 'tap-3')
    }
    a.receive(b.events())
    expect(a.view()!.lines).toHaveLength(2)
    expect(a.view()!.payments).toHaveLength(1)
  })

  test('[L5] a tap that came back from elsewhere before its order did is refused, not assumed', () => {
    const a = createReplica('A')
    const b = createReplica('B')
    a.run(newOrder([line('burger')]))
    const created = [...a.events()]
    const add = { type: 'addLines' as const, orderId, lines: [line('salad')] }
    a.run(add, 'tap-2')
    b.receive(a.events().slice(created.length))
    expect(b.run(add, 'tap-2')).toEqual(refuse({ code: 'order_not_found', orderId }))
    b.receive(created)
    expect(b.run(add, 'tap-2')).toMatchObject({ ok: true, value: { lines: { length: 2 } } })
  })

  test('[L4] an item that came before the modifiers which it names is refused for now', () => {
    const catalog = smallCatalog()
    catalog.modifier_group.delete('extras')
    const replica = createReplica('A', { catalog })
    expect(replica.run(newOrder([line('burger')]))).toEqual(refuse({ code: 'store_not_loaded' }))
    expect(replica.run(newOrder([line('salad')]))).toMatchObject({ ok: true })
  })

  test('[M2] a line keeps the name, price and tax that were valid when it was sold', () => {
    const replica = withCommands(newOrder([line('burger', 2, ['extra_cheese'])]))
    expect(replica.view()!.lines[0]).toMatchObject({
      name: 'Burger',
      unitPriceMinor: 1_250,
      taxRatePpm: 88_750,
      totalMinor: 2_800,
      modifiers: [{ id: 'extra_cheese', name: 'Extra cheese', priceMinor: 150 }],
    })
  })

  test.each([
    [line('pizza'), { code: 'unknown_item', itemId: 'pizza' }],
    [line('salad', 1, ['extra_cheese']), { code: 'invalid_modifier', possible: [] }],
    [line('burger', 1, ['rare']), { code: 'invalid_modifier', modifierId: 'rare' }],
    [line('steak'), { code: 'modifier_count', groupName: 'Temperature', min: 1, chosen: 0 }],
    [line('steak', 1, ['rare', 'done']), { code: 'modifier_count', max: 1, chosen: 2 }],
  ])('a line that the menu does not have is refused: %j', (request, error) => {
    const replica = createReplica('A')
    expect(replica.run(newOrder([request]))).toMatchObject({ ok: false, error })
    expect(replica.events()).toEqual([])
  })

  test('a fifty-first item is refused, and the fifty stay', () => {
    const replica = withCommands(newOrder(Array.from({ length: 50 }, () => line('salad'))))
    expect(replica.run({ type: 'addLines', orderId, lines: [line('salad')] })).toMatchObject({
      ok: false,
      error: { code: 'too_many_items', limit: 50, count: 51 },
    })
    expect(replica.view()!.lines).toHaveLength(50)
  })

  test('an item that is 86 is refused by name', () => {
    const sold = createReplica('A', { catalog: withUnavailable('salad') })
    expect(sold.run(newOrder([line('salad')]))).toMatchObject({
      ok: false,
      error: { code: 'item_unavailable', name: 'Salad' },
    })
  })

  test('a sent line is not changed, and is voided only with a reason', () => {
    const replica = inStatus.confirmed()
    const lineId = replica.view()!.lines[0]!.id
    expect(replica.run({ type: 'changeLine', orderId, lineId, quantity: 2 })).toMatchObject({
      error: { code: 'line_already_sent' },
    })
    expect(replica.run({ type: 'voidLine', orderId, lineId, reason: ' ' })).toMatchObject({
      error: { code: 'reason_required' },
    })
    then(replica, { type: 'voidLine', orderId, lineId, reason: 'dropped' })
    expect(replica.view()!.lines[0]).toMatchObject({ voided: true, voidReason: 'dropped' })
  })

  test('an order without items is not sent and not paid', () => {
    const replica = withCommands(newOrder())
    const refused = { ok: false, error: { code: 'empty_order' } }
    expect(replica.run({ type: 'sendToKitchen', orderId })).toMatchObject(refused)
    expect(replica.run(cash(1))).toMatchObject(refused)
  })

  test('every other command on an order that is not there says so', () => {
    for (const type of ORDER_COMMAND_TYPES.filter((t) => t !== 'createOrder')) {
      expect(createReplica('A').run(someCommand[type])).toMatchObject({
        ok: false,
        error: { code: 'order_not_found', orderId },
      })
    }
  })
})

describe('the kitchen', () => {
  test('[K1] what is added later makes an add-on ticket of just those lines', () => {
    const replica = then(
      inStatus.preparing(),
      { type: 'addLines', orderId, lines: [line('burger')] },
      { type: 'sendToKitchen', orderId },
    )
    const addOn = replica.view()!.tickets.filter((ticket) => ticket.firingNumber === 2)
    expect(addOn).toHaveLength(1)
    expect(addOn[0]).toMatchObject({ stationId: 'grill', lineIds: [replica.view()!.lines[2]!.id] })
  })

  test('[K1] sending again without anything new fires nothing', () => {
    const replica = inStatus.confirmed()
    const before = replica.events().length
    then(replica, { type: 'sendToKitchen', orderId })
    expect(replica.events()).toHaveLength(before)
  })

  test('bumping the last ticket makes the order ready; recalling shows its lines again', () => {
    const replica = inStatus.confirmed()
    const [first, second] = replica.view()!.tickets
    then(replica, { type: 'bumpTicket', orderId, ticketId: first!.id })
    expect(replica.view()!.status).toBe('preparing')
    then(replica, { type: 'bumpTicket', orderId, ticketId: second!.id })
    expect(replica.view()!.status).toBe('ready')
    then(replica, { type: 'recallTicket', orderId, ticketId: second!.id })
    expect(replica.view()!.tickets[1]).toMatchObject({ bumped: false })
    expect(replica.view()!.status).toBe('ready')
  })

  test('a screen is marked as having seen a ticket once', () => {
    const replica = inStatus.confirmed()
    const ticketIds = replica.view()!.tickets.map((ticket) => ticket.id)
    const see: OrderCommand = { type: 'seeTickets', orderId, ticketIds, deviceId: 'kitchen' }
    then(replica, see)
    const before = replica.events().length
    then(replica, see)
    expect(replica.events()).toHaveLength(before)
    expect(replica.view()!.tickets[0]!.seenBy).toMatchObject([{ deviceId: 'kitchen' }])
  })

  test('an add-on that nobody has cooked keeps a paid table open', () => {
    const replica = then(
      inStatus.ready(),
      { type: 'addLines', orderId, lines: [line('burger')] },
      { type: 'sendToKitchen', orderId },
    )
    then(replica, cash(replica.view()!.totals.dueMinor))
    expect(replica.view()).toMatchObject({ status: 'ready', totals: { dueMinor: 0 } })
  })
})

describe('money', () => {
  test('cash gives change, and the tip is not part of what was due', () => {
    const replica = withCommands(newOrder([line('salad', 2)]))
    const due = replica.view()!.totals.dueMinor
    then(replica, cash(due, { tipMinor: 100, tenderedMinor: 5_000 }))
    expect(replica.view()!.payments[0]).toMatchObject({
      amountMinor: due,
      tipMinor: 100,
      tenderedMinor: 5_000,
      changeMinor: 5_000 - due - 100,
    })
    expect(replica.view()!.totals.dueMinor).toBe(0)
  })

  test.each([
    [cash(1_000_000), { code: 'overpayment' }],
    // Nothing that nobody could read again is written.
    [cash(100, { tipMinor: 9_000_000_000 }), { code: 'amount_too_large' }],
    [cash(100, { tenderedMinor: 99 }), { code: 'insufficient_tender', neededMinor: 100 }],
  ])('a payment that does not fit is refused: %j', (payment, error) => {
    const replica = inStatus.pending()
    expect(replica.run(payment)).toMatchObject({ ok: false, error })
    expect(replica.view()!.payments).toEqual([])
  })

  test('no more is refunded than was paid', () => {
    const replica = then(inStatus.pending(), cash(500))
    const paymentId = replica.view()!.payments[0]!.id
    const refund = { type: 'refundPayment' as const, orderId, paymentId, reason: 'cold' }
    then(replica, { ...refund, amountMinor: 400 })
    expect(replica.run({ ...refund, amountMinor: 101 })).toMatchObject({
      error: { code: 'refund_too_large', refundableMinor: 100 },
    })
    expect(replica.view()!.totals.paidMinor).toBe(100)
  })

  test('[M1] an order whose sum would not be exact is refused', () => {
    const replica = createReplica('A', { catalog: withPrice('salad', 100_000_000) })
    expect(replica.run(newOrder([line('salad', 999)]))).toMatchObject({
      error: { code: 'amount_too_large' },
    })
  })
})

function withUnavailable(itemId: string) {
  const catalog = smallCatalog()
  catalog.availability.set(itemId, { available: false })
  return catalog
}

function withPrice(itemId: string, priceMinor: number) {
  const catalog = smallCatalog()
  catalog.menu_item.set(itemId, { ...catalog.menu_item.get(itemId)!, priceMinor })
  return catalog
}
