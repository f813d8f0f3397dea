import { emptyCatalog, STORE_RECORD_ID, type Catalog } from '../../domain/catalog.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import { decide } from '../../domain/decide.ts'
import type { DecideContext } from '../../domain/decision.ts'
import { orderIdsOf } from '../../domain/events.ts'
import { emptyOrder, evolveAll, type OrderState } from '../../domain/evolve.ts'
import type { JournalEvent, JournalLine } from '../../domain/journal.ts'
import { viewOrder, type OrderView } from '../../domain/order-view.ts'
import { readVoucher, voucherLines } from '../../domain/vouchers.ts'
import type { Menu, Step, Story } from './checker/story.ts'

/** The first road: the product itself, from the commands to the order as it reads it. */

const CODES: Readonly<Record<string, string>> = {
  overpayment: 'too much',
  refund_too_large: 'too much',
  insufficient_tender: 'too little cash',
  payment_pending: 'card is being asked',
  amount_too_large: 'too large',
  empty_order: 'nothing to pay',
  voucher_balance: 'not on the voucher',
}
const AT = '2026-01-01T12:00:00.000Z'
export const DAY = '2026-01-01'

export function catalogOf(menu: Menu): Catalog {
  const catalog = emptyCatalog()
  catalog.store.set(STORE_RECORD_ID, {
    name: 'Money',
    currency: menu.currency,
    timeZone: 'UTC',
    dayStartsAtMinutes: 0,
    taxRounding: menu.taxRounding,
    serviceChargePpm: menu.serviceChargePpm,
    ...(menu.serviceChargeFrom !== null && { serviceChargeFromGuests: menu.serviceChargeFrom }),
    payLaterChannels: ['dine_in', 'takeout', 'delivery'],
  })
  for (const [id, { ppm, included }] of Object.entries(menu.taxes)) {
    catalog.tax_rate.set(id, { name: id, ratePpm: ppm, included })
  }
  const modifiers = Object.entries(menu.extras).map(([id, priceMinor]) => ({
    id,
    name: id,
    priceMinor,
  }))
  catalog.modifier_group.set('extras', { name: 'Extras', position: 0, min: 0, max: 4, modifiers })
  Object.entries(menu.items).forEach(([id, item], position) => {
    catalog.menu_item.set(id, {
      name: id,
      categoryId: item.category,
      position,
      priceMinor: item.price,
      taxRateId: item.tax,
      stationId: 'grill',
      modifierGroupIds: ['extras'],
    })
  })
  return addPrices(catalog, menu)
}

function addPrices(catalog: ReturnType<typeof emptyCatalog>, menu: Menu): Catalog {
  for (const { id, position, channels, windows, prices, rates } of menu.levels) {
    catalog.price_level.set(id, {
      name: id,
      position,
      channels: [...channels],
      windows: windows.map(({ days, from, to }) => ({
        days: [...days],
        fromMinutes: from,
        toMinutes: to,
      })),
      prices: Object.entries(prices).map(([itemId, priceMinor]) => ({ itemId, priceMinor })),
      categories: Object.entries(rates).map(([categoryId, ratePpm]) => ({ categoryId, ratePpm })),
    })
  }
  for (const [id, { dine_in: dineIn, ...others }] of Object.entries(menu.channelTaxes)) {
    catalog.channel_tax.set(id, { ...others, ...(dineIn !== undefined && { dineIn }) })
  }
  Object.entries(menu.combos).forEach(([id, combo], position) => {
    catalog.combo.set(id, {
      name: id,
      categoryId: combo.category,
      position,
      priceMinor: combo.price,
      slots: combo.slots.map(({ min, max, choices }, place) => ({
        id: slotId(place),
        name: slotId(place),
        min,
        max,
        choices: Object.entries(choices).map(([itemId, surchargeMinor]) => ({
          itemId,
          surchargeMinor,
        })),
      })),
    })
  })
  return catalog
}

const slotId = (place: number): string => `slot-${place}`

export interface Told {
  readonly order: OrderView
  readonly beside: OrderView | null
  readonly verdicts: readonly string[]
}

/** Tells it the story, and what it said to each step. */
export function tell(story: Story, catalog: Catalog, orderId: string): Told {
  const context: DecideContext = {
    catalog,
    lenders: [],
    orderById: () => null,
    voucherById: () => null,
    stock: () => null,
    promisedFrom: () => [],
    atMs: Date.parse(AT),
    orderNumber: 'A-001',
    businessDay: DAY,
    maxItemsPerOrder: 50,
    autoConfirm: true,
    cardTerminal: { deviceId: 'till', provider: 'simulated', terminalId: 'desk' },
  }
  const besideId = `${orderId}-beside`
  const states = new Map<string, OrderState>()
  const lines: JournalLine[] = []
  let clock = 0
  const read = (id: string): OrderView | null => {
    const state = states.get(id)
    return state ? viewOrder(state, lendersOf(id)) : null
  }
  /** Each lends to the other, where it lends at all. */
  const lendersOf = (id: string): OrderState[] =>
    [...states.values()].filter((state) => state.orderId !== id)
  const note = (events: readonly JournalEvent[]): void => {
    for (const event of events) lines.push({ ...event, at: AT, actor: 'staff:1', commandId: '' })
  }
  const run = (command: OrderCommand): string => {
    clock += 1
    const id = `${orderId}-${clock}`
    const decision = decide(
      states.get(command.orderId),
      { id, at: AT, actor: 'staff:1', command },
      {
        ...context,
        lenders: lendersOf(command.orderId),
        orderById: read,
        voucherById: (voucherId) => readVoucher(lines.filter(({ about }) => about === voucherId)),
      },
    )
    if (!decision.ok) return CODES[decision.error.code] ?? decision.error.code
    const before = read(command.orderId)
    if (before !== null) note(voucherLines(before, decision.value))
    const meta = { origin: 'A', clock, commandId: id, at: AT, actor: 'staff:1' }
    decision.value.forEach((event, index) => {
      for (const about of orderIdsOf(event)) {
        const state = states.get(about) ?? emptyOrder(about)
        states.set(about, evolveAll(state, [{ event, meta: { ...meta, index } }]))
      }
    })
    return 'taken'
  }
  const view = (): OrderView => {
    const order = read(orderId)
    if (!order) throw new Error('there is no order')
    return order
  }
  if (story.gift != null) note([giftOf(story.gift, catalog)])
  if (story.beside != null) run(openingOf({ channel: story.beside }, besideId))
  run(openingOf(story, orderId))
  const verdicts = story.steps.map((step) => {
    const { intents } = view()
    const commands = commandsOf(step, view(), read(besideId))
    if (commands === null) return 'nothing of the kind'
    const said = commands.map(run)
    const back = view()
      .intents.slice(intents.length)
      .find(({ kind }) => kind === 'refund')
    if (back && step.do === 'refund' && step.terminal !== 'asked') {
      run(outcomeOf(orderId, back.id, step))
    }
    return said.find((verdict) => verdict !== 'taken') ?? 'taken'
  })
  return { order: view(), beside: read(besideId), verdicts }
}

const GIFT = 'gift'

/** Sold with an order that has left this device, and so is paid. */
const giftOf = (amountMinor: number, catalog: Catalog): JournalEvent => ({
  ...{ type: 'journal.written', kind: 'voucher_issued', id: GIFT, about: GIFT },
  value: {
    ...{ orderId: 'long-ago', amountMinor, hint: '7K2M' },
    currency: catalog.store.get(STORE_RECORD_ID)?.currency ?? '',
  },
})

const openingOf = ({ channel }: Pick<Story, 'channel'>, orderId: string): OrderCommand => ({
  type: 'createOrder',
  orderId,
  channel,
  table: null,
  customerId: null,
  customer: null,
  locationId: null,
  scheduledFor: null,
  notes: null,
  lines: [],
})

/** Null: what the step is about is not there, so the roads have parted before. */
function commandsOf(step: Step, order: OrderView, beside: OrderView | null): OrderCommand[] | null {
  const orderId = order.id
  const card = { brand: null, lastFour: null, token: null, authorisationCode: null, offline: false }
  const asked = order.intents.filter(({ kind }) => kind === 'payment')
  const about =
    'line' in step
      ? (step.do === 'bring' ? beside : order)?.lines[step.line]
      : 'payment' in step
        ? order.payments[step.payment]
        : 'ask' in step
          ? asked[step.ask]
          : 'voucher' in step
            ? order.vouchers[step.voucher]
            : order
  if (about === undefined) return null
  switch (step.do) {
    case 'beside':
    case 'add': {
      const { item: itemId, quantity, extras } = step
      const line = { itemId, quantity, modifierIds: [...extras], instructions: null }
      const to = step.do === 'add' ? order : beside
      return to && [{ type: 'addLines', orderId: to.id, lines: [line] }]
    }
    case 'combo': {
      const picks = step.picks.map(({ slot, item: itemId, extras }) => ({
        slotId: slotId(slot),
        itemId,
        modifierIds: [...extras],
      }))
      const line = { itemId: step.combo, quantity: step.quantity, modifierIds: [], picks }
      return [{ type: 'addLines', orderId, lines: [{ ...line, instructions: null }] }]
    }
    case 'quantity':
      return [{ type: 'changeLine', orderId, lineId: about.id, quantity: step.quantity }]
    case 'extras':
      return [{ type: 'changeLine', orderId, lineId: about.id, modifierIds: [...step.extras] }]
    case 'away':
      return beside && [{ type: 'moveLines', orderId, toOrderId: beside.id, lineIds: [about.id] }]
    case 'bring':
      return (
        beside && [
          { type: 'moveLines', orderId: beside.id, toOrderId: orderId, lineIds: [about.id] },
        ]
      )
    case 'void':
      return [{ type: 'voidLine', orderId, lineId: about.id, reason: 'back' }]
    case 'comp': {
      const reason = step.isBack ? null : 'long wait'
      return [{ type: 'compLine', orderId, lineId: about.id, reason }]
    }
    case 'guests':
      return [{ type: 'changeDetails', orderId, guests: step.guests }]
    case 'charge': {
      const { percentPpm, amount, isNone } = step
      const charge =
        percentPpm !== undefined
          ? ({ kind: 'percent', ratePpm: percentPpm } as const)
          : amount !== undefined
            ? ({ kind: 'amount', amountMinor: amount } as const)
            : isNone
              ? ({ kind: 'none' } as const)
              : null
      return [{ type: 'setServiceCharge', orderId, charge, reason: charge && 'large party' }]
    }
    case 'discount': {
      const { percentPpm, amount } = step
      const discount =
        percentPpm !== undefined
          ? ({ kind: 'percent', ratePpm: percentPpm } as const)
          : amount !== undefined
            ? ({ kind: 'amount', amountMinor: amount } as const)
            : null
      return [{ type: 'setDiscount', orderId, discount, reason: discount && 'regular' }]
    }
    case 'voucher': {
      const voucherId = `voucher-${order.vouchers.length}`
      return [{ type: 'sellVoucher', orderId, voucherId, hint: '7K2M', amountMinor: step.amount }]
    }
    case 'withdraw': {
      return [{ type: 'withdrawVoucher', orderId, voucherId: about.id }]
    }
    case 'channel':
      return [{ type: 'changeDetails', orderId, channel: step.channel }]
    case 'send':
      return [{ type: 'sendToKitchen', orderId }]
    case 'serve':
      return [
        { type: 'startPreparing', orderId },
        { type: 'markReady', orderId },
        { type: 'completeOrder', orderId },
      ]
    case 'cancel':
      return [{ type: 'cancelOrder', orderId, reason: 'left' }]
    case 'pay': {
      const { method, amount: amountMinor, tip: tipMinor, tendered: tenderedMinor } = step
      const paid = {
        amountMinor,
        tipMinor,
        tenderedMinor,
        ...(method === 'voucher' && { voucherId: GIFT }),
      }
      return [{ type: 'takePayment', orderId, method, ...paid }]
    }
    case 'ask': {
      const { amount: amountMinor, tip: tipMinor } = step
      const pay = { type: 'takePayment', orderId, method: 'card', amountMinor, tipMinor } as const
      return [{ ...pay, tenderedMinor: null, ...(step.anyway && { despitePending: true }) }]
    }
    case 'answer': {
      const outcome =
        step.charged === null
          ? ({ kind: 'failed', why: 'declined', detail: null } as const)
          : ({ kind: 'approved', transactionId: 't', approvedMinor: step.charged, card } as const)
      return [{ type: 'recordOutcome', orderId, intentId: about.id, outcome }]
    }
    case 'word': {
      const as = step.taken ? 'taken' : 'not_taken'
      return [{ type: 'settlePayment', orderId, intentId: about.id, as, reason: 'slip' }]
    }
    case 'refund': {
      const { amount: amountMinor, purpose } = step
      const refund = {
        ...({ type: 'refundPayment', orderId, amountMinor } as const),
        paymentId: about.id,
      }
      return [{ ...refund, reason: 'cold', ...(purpose !== null && { refundFor: purpose }) }]
    }
  }
}

function outcomeOf(
  orderId: string,
  intentId: string,
  { terminal, amount }: Extract<Step, { do: 'refund' }>,
): OrderCommand {
  const card = { brand: null, lastFour: null, token: null, authorisationCode: null, offline: false }
  const outcome =
    terminal === 'refused'
      ? ({ kind: 'failed', why: 'declined', detail: null } as const)
      : ({ kind: 'approved', transactionId: 'r', approvedMinor: amount, card } as const)
  return { type: 'recordOutcome', orderId, intentId, outcome }
}
