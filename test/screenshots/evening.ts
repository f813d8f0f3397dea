import type { Channel } from '../../domain/catalog.ts'
import type { LineRequest, OrderCommand } from '../../domain/commands.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { assert } from '../../domain/result.ts'
import { storeIn } from '../../main/cli/device.ts'
import { openDevice } from '../../main/data-folder.ts'
import { newId } from '../../main/new-id.ts'
import type { DeviceProcess } from '../support/whole-store.ts'

/** Half past eight on a good evening: what was ordered when, and how far it has come. */
interface Ordered {
  readonly minutesAgo: number
  readonly table?: string
  readonly channel?: Channel
  readonly pager?: string
  readonly notes?: string
  readonly items: readonly Wish[]
  /** What happened since; absent: it was sent. */
  readonly stands?: 'open' | 'rushed' | 'made' | 'part paid'
  readonly held?: { readonly course: number; readonly items: readonly Wish[] }
}

type Wish = readonly [itemId: string, quantity: number, modifierIds?: readonly string[]]

const EVENING: readonly Ordered[] = [
  {
    minutesAgo: 16,
    table: '4',
    items: [
      ['steak-ribeye', 1, ['temp_medium_rare', 'side_fries']],
      ['steak-filet', 1, ['temp_medium', 'side_vegetables']],
      ['salad-caprese', 2],
    ],
  },
  {
    minutesAgo: 12,
    table: '11',
    stands: 'made',
    items: [
      ['chicken-wings', 2],
      ['garlic-bread', 3],
    ],
  },
  {
    minutesAgo: 11,
    table: '5',
    items: [
      ['burger-double', 1, ['extra_bacon']],
      ['mac-and-cheese', 1],
      ['water-still', 2],
    ],
  },
  {
    minutesAgo: 7,
    table: '9',
    notes: 'Nut allergy at seat 2',
    stands: 'rushed',
    items: [
      ['shrimp-cocktail', 2],
      ['burger-bacon', 1, ['extra_cheese', 'no_onions']],
    ],
  },
  {
    minutesAgo: 6,
    table: '6',
    items: [
      ['soup-of-the-day', 2],
      ['beer-bottle', 2],
    ],
    held: { course: 3, items: [['burger-classic', 2, ['no_pickles']]] },
  },
  {
    minutesAgo: 5,
    table: '10',
    stands: 'part paid',
    items: [
      ['pizza-margherita', 2, ['size_12_inch']],
      ['pizza-funghi', 1, ['size_10_inch']],
    ],
  },
  {
    minutesAgo: 4,
    channel: 'takeout',
    pager: 'Theo',
    items: [
      ['burger-classic', 3],
      ['burger-kids', 1, ['no_sauce']],
    ],
  },
  { minutesAgo: 3, table: '2', items: [['cappuccino', 2, ['milk_oat']]] },
  {
    minutesAgo: 2,
    channel: 'takeout',
    pager: 'Mia',
    items: [
      ['salad-caprese', 1],
      ['brownie', 2],
    ],
  },
  { minutesAgo: 1, table: '12', stands: 'open', items: [['draft-ipa', 3]] },
]

/** So many are there in the end. */
export const ORDERS = EVENING.length

/** Writes the evening into a till's log while the till is off, and starts it again. */
export async function live(till: DeviceProcess): Promise<void> {
  await till.kill('SIGTERM')
  const opened = await openDevice(till.dir)
  assert(opened.ok, 'the till that was stopped cannot be opened')
  const store = storeIn(opened.value, till.dir)
  for (const ordered of EVENING) serve(store, ordered)
  opened.value.close()
  await till.restart()
}

function serve(store: Store, ordered: Ordered): void {
  const { channel = 'dine_in', table, pager, notes, items, stands, held } = ordered
  const orderId = newId()
  const createdMs = Date.now() - ordered.minutesAgo * 60_000
  const run = (afterSeconds: number, command: OrderCommand) => {
    const at = new Date(createdMs + afterSeconds * 1_000).toISOString()
    const done = store.execute({ id: newId(), at, actor: 'staff:staff-maria', command })
    assert(done.ok, `${command.type} was refused: ${JSON.stringify(!done.ok && done.error)}`)
    return done.value
  }
  run(0, {
    type: 'createOrder',
    orderId,
    channel,
    table: table ?? null,
    customerId: null,
    customer: null,
    locationId: null,
    scheduledFor: null,
    notes: notes ?? null,
    ...(pager !== undefined && { pager }),
    lines: items.map((wish) => lineOf(wish)),
  })
  if (held !== undefined) {
    const { course } = held
    run(1, { type: 'addLines', orderId, lines: held.items.map((wish) => lineOf(wish, course)) })
    run(2, { type: 'holdCourse', orderId, course })
  }
  if (stands === 'open') return
  const { tickets, totals } = run(5, { type: 'sendToKitchen', orderId })
  if (stands === 'rushed') run(60, { type: 'rushTickets', orderId, rush: true })
  if (stands === 'made') {
    for (const { id } of tickets) run(480, { type: 'bumpTicket', orderId, ticketId: id })
  }
  if (stands !== 'part paid') return
  const amountMinor = Math.floor(totals.dueMinor / 2)
  const cash = { method: 'cash', amountMinor, tipMinor: 0, tenderedMinor: null } as const
  run(90, { type: 'takePayment', orderId, ...cash })
}

const lineOf = ([itemId, quantity, modifierIds = []]: Wish, course?: number): LineRequest => ({
  itemId,
  quantity,
  modifierIds: [...modifierIds],
  instructions: null,
  ...(course !== undefined && { course }),
})
