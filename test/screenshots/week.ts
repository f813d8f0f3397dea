import { randomUUID } from 'node:crypto'
import type { OrderCommand } from '../../domain/commands.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { createRandom } from '../support/random.ts'
import type { Till } from '../support/till.ts'

/** How many order in each hour of a day, from its first guest to its last. */
const ORDERS_BY_HOUR: Readonly<Record<number, number>> = {
  11: 2,
  12: 6,
  13: 7,
  14: 3,
  17: 2,
  18: 5,
  19: 8,
  20: 9,
  21: 5,
  22: 2,
}

const DISHES = [
  ...['burger-classic', 'burger-bacon', 'burger-double', 'moules-frites', 'mac-and-cheese'],
  ...['garlic-bread', 'soup-of-the-day', 'salad-caprese', 'shrimp-cocktail', 'creme-brulee'],
]
const DRINKS = ['draft-lager', 'draft-ipa', 'wine-house-red', 'water-still', 'espresso']
const HOUR_MS = 3_600_000

/** Days as a brasserie has them: lunch and dinner, most of it made in time, now and then a discount. */
export function playWeek({ store }: Pick<Till, 'store'>, days: readonly string[]): void {
  const random = createRandom(11)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const run = (atMs: number, command: OrderCommand): OrderView | null => {
    const at = new Date(atMs).toISOString()
    const done = store.execute({ id: randomUUID(), at, actor: 'staff:staff-maria', command })
    return done.ok ? done.value : null
  }
  for (const day of days) {
    const orders = Object.entries(ORDERS_BY_HOUR).flatMap(([hour, count]) =>
      Array.from({ length: count + Math.floor(random() * 3) - 1 }, () => Number(hour)),
    )
    for (const hour of orders) {
      const atMs = Date.parse(`${day}T00:00:00Z`) + (hour + random()) * HOUR_MS
      serve(atMs)
    }
  }

  function serve(atMs: number): void {
    const orderId = randomUUID()
    const channel = pick(['dine_in', 'dine_in', 'dine_in', 'takeout', 'delivery'] as const)
    const guests = 1 + Math.floor(random() * 4)
    const wishes = Array.from({ length: guests }, () => [pick(DISHES), pick(DRINKS)]).flat()
    run(atMs, {
      type: 'createOrder',
      orderId,
      channel,
      table: channel === 'dine_in' ? String(1 + Math.floor(random() * 20)) : null,
      customerId: null,
      customer: null,
      locationId: null,
      scheduledFor: null,
      notes: null,
      lines: wishes.map((itemId) => ({ itemId, quantity: 1, modifierIds: [], instructions: null })),
    })
    if (random() < 0.08) {
      const discount = { kind: 'percent', ratePpm: 100_000 } as const
      run(atMs + 5_000, { type: 'setDiscount', orderId, discount, reason: 'Regular guest' })
    }
    const sent = run(atMs + 10_000, { type: 'sendToKitchen', orderId })
    const doneMs = atMs + (4 + random() * 9) * 60_000
    for (const { id } of sent?.tickets ?? []) {
      run(doneMs, { type: 'bumpTicket', orderId, ticketId: id })
    }
    const amountMinor = sent?.totals.dueMinor ?? 0
    const tipMinor = random() < 0.4 ? 300 : 0
    const cash = { method: 'cash', amountMinor, tipMinor, tenderedMinor: null } as const
    run(doneMs + 1_800_000, { type: 'takePayment', orderId, ...cash })
    run(doneMs + 1_900_000, { type: 'completeOrder', orderId })
  }
}
