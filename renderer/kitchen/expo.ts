import type { LineView, ShownOrder } from '../../domain/order-view.ts'
import { inTurn, type KitchenTicket } from './tickets.ts'

/** Everything that one guest waits for, from all stations: pure. */
export interface ExpoOrder {
  readonly id: string
  readonly guest: ShownOrder
  /** What is in the kitchen still, rushed first and then the oldest. */
  readonly tickets: readonly KitchenTicket[]
  readonly firedAt: string
  readonly rushedAt: string | null
}

const isDone = ({ status }: ShownOrder): boolean => status === 'completed'

/** What is made on it counts; of a ticket that only tells of something there is nothing to hand out. */
export const isToHand = ({ lines }: KitchenTicket): boolean =>
  lines.some(({ part, line }) => part !== 'show' && !line.voided)

export const isMade = ({ ticket }: KitchenTicket): boolean => ticket.bumped

/** Orders of which something is in the kitchen, in the order in which they should leave it. */
export function createExpoReader() {
  let held = new Map<string, ExpoOrder>()
  return (tickets: readonly KitchenTicket[]): ExpoOrder[] => {
    const inKitchen = tickets.filter(
      (entry) =>
        entry.ticket.handedAt === null &&
        !isDone(entry.order) &&
        (entry.order.status === 'cancelled' ? !entry.ticket.bumped : isToHand(entry)),
    )
    const next = new Map<string, ExpoOrder>()
    for (const [id, group] of Map.groupBy(inKitchen, ({ guest }) => guest.id)) {
      const before = held.get(id)
      const sorted = group.toSorted(inTurn)
      next.set(id, before !== undefined && isSame(before, sorted) ? before : expoOrder(id, sorted))
    }
    held = next
    return [...next.values()].toSorted(
      (a, b) =>
        compare(a.rushedAt ?? '~', b.rushedAt ?? '~') ||
        compare(a.firedAt, b.firedAt) ||
        compare(a.id, b.id),
    )
  }
}

function expoOrder(id: string, tickets: readonly KitchenTicket[]): ExpoOrder {
  const [first] = tickets as [KitchenTicket]
  const oldest = tickets.reduce((at, { ticket }) => min(at, ticket.firedAt), first.ticket.firedAt)
  return {
    id,
    guest: first.guest,
    tickets,
    firedAt: oldest,
    rushedAt: first.ticket.rushedAt,
  }
}

const isSame = (before: ExpoOrder, tickets: readonly KitchenTicket[]): boolean =>
  before.tickets.length === tickets.length &&
  before.tickets.every((entry, n) => entry === tickets[n]) &&
  before.guest === tickets[0]?.guest

/** What leaves the kitchen without being made there: it stands on no ticket. */
export const unmadeLines = ({ guest }: ExpoOrder): LineView[] =>
  guest.lines.filter((line) => line.kitchenStatus === 'none' && !line.voided && !line.movedTo)

/** Tickets that were handed out lately, the last one first: for taking one back. */
export function handedTickets(tickets: readonly KitchenTicket[], limit: number): KitchenTicket[] {
  return tickets
    .filter(({ ticket, order }) => ticket.handedAt !== null && !isDone(order))
    .toSorted((a, b) => compare(b.ticket.handedAt ?? '', a.ticket.handedAt ?? ''))
    .slice(0, limit)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const min = (a: string, b: string): string => (a < b ? a : b)

/** All that the height of its card depends on. */
export const lookOfOrder = (order: ExpoOrder): string =>
  [...order.tickets.map(({ look }) => look), ...unmadeLines(order).map(({ id }) => id)].join()
