import type { OrderCommand } from '../../domain/commands.ts'
import type { RecordEvent } from '../../domain/events.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { createRandom } from './random.ts'
import type { Till } from './till.ts'

/**
 * Days of a restaurant with everything that shows in a report: two taxes, one of them in the price,
 * discounts and comps, voids, moved lines, tips, refunds, cancellations, tickets that were put away
 * early and late. Commands that are refused are part of the life.
 */
export function playDays(
  till: Pick<Till, 'store'>,
  days: readonly string[],
  ordersADay: number,
): void {
  const random = createRandom(7)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const chance = (of: number): boolean => random() < of
  let commands = 0

  function run(command: OrderCommand, atMs: number, actor: string): OrderView | null {
    commands += 1
    const id = `story-${commands}`
    const result = till.store.execute({ id, at: new Date(atMs).toISOString(), actor, command })
    return result.ok ? result.value : null
  }

  for (const day of days) {
    for (let n = 0; n < ordersADay; n += 1) {
      // From noon in New York until four in the morning.
      const atMs = Date.parse(`${day}T16:00:00Z`) + Math.floor(random() * 16 * 3_600_000)
      const actor = pick(STAFF)
      const orderId = `${day}-${n}`
      const created = run(
        {
          type: 'createOrder',
          orderId,
          channel: pick(['dine_in', 'dine_in', 'takeout', 'delivery']),
          table: chance(0.3) ? '=1+1' : null,
          customerId: null,
          customer: null,
          locationId: null,
          scheduledFor: null,
          notes: null,
          lines: Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({
            itemId: pick(ITEMS),
            quantity: 1 + Math.floor(random() * 3),
            modifierIds: [],
            instructions: null,
          })),
        },
        atMs,
        actor,
      )
      if (created === null) continue
      if (chance(0.2)) {
        const lineId = pick(created.lines).id
        run(
          { type: 'voidLine', orderId, lineId, reason: 'fell down' },
          atMs + 1_000,
          'staff:staff-maria',
        )
      }
      if (chance(0.15)) {
        const [lineId] = created.lines.map((line) => line.id)
        const toOrderId = `${day}-${Math.floor(random() * n)}`
        run({ type: 'moveLines', orderId, toOrderId, lineIds: [lineId ?? ''] }, atMs + 2_000, actor)
      }
      if (chance(0.3)) {
        const discount = pick([
          { kind: 'percent', ratePpm: 133_333 },
          { kind: 'amount', amountMinor: 777 },
          { kind: 'percent', ratePpm: 1_000_000 },
        ] as const)
        run(
          { type: 'setDiscount', orderId, discount, reason: 'regulars' },
          atMs + 3_000,
          'staff:staff-maria',
        )
      }
      run({ type: 'sendToKitchen', orderId }, atMs + 10_000, actor)
      if (chance(0.1)) {
        run({ type: 'cancelOrder', orderId, reason: '-gone' }, atMs + 60_000, actor)
      }
      const doneMs = atMs + 10_000 + Math.floor(random() * 1_500_000)
      if (chance(0.8)) {
        for (const { id } of till.store.order(orderId)?.tickets ?? []) {
          run(
            { type: 'bumpTicket', orderId, ticketId: id },
            doneMs + Math.floor(random() * 90_000),
            'staff:staff-kofi',
          )
        }
      } else if (chance(0.5)) run({ type: 'markReady', orderId }, doneMs, 'staff:staff-kofi')
      const due = till.store.order(orderId)?.totals.dueMinor ?? 0
      if (due > 0 && chance(0.8)) {
        const amountMinor = chance(0.2) ? Math.ceil(due / 2) : due
        const tipMinor = chance(0.5) ? 150 : 0
        run(
          {
            type: 'takePayment',
            orderId,
            method: 'cash',
            amountMinor,
            tipMinor,
            tenderedMinor: null,
          },
          doneMs + 100_000,
          actor,
        )
      }
      const payment = till.store.order(orderId)?.payments[0]
      if (payment && chance(0.15)) {
        run(
          {
            type: 'refundPayment',
            orderId,
            paymentId: payment.id,
            amountMinor: 100,
            reason: '@cold',
          },
          doneMs + 200_000,
          'staff:staff-maria',
        )
      }
      run({ type: 'completeOrder', orderId }, doneMs + 300_000, actor)
    }
  }
}

const STAFF = ['staff:staff-alex', 'staff:staff-sam', 'token:kiosk'] as const
const ITEMS = [
  'soup-of-the-day',
  'burger-classic',
  'cola-bottle',
  'garlic-bread',
  'draft-lager',
  'house-wine',
]

/** A wine whose price contains its tax, and whose name is one for a spreadsheet to fall for. */
export const wineRecords: readonly RecordEvent[] = [
  {
    type: 'record.set',
    kind: 'tax_rate',
    id: 'wine',
    value: { name: 'Wine', ratePpm: 190_000, included: true },
  },
  {
    type: 'record.set',
    kind: 'menu_item',
    id: 'house-wine',
    value: {
      name: '=cmd|" /C calc"!A0, "red"',
      categoryId: 'beer-wine',
      priceMinor: 3_333,
      taxRateId: 'wine',
      stationId: 'bar',
      modifierGroupIds: [],
      position: 40,
    },
  },
]
