import { isMadeOn } from '../../domain/also-at.ts'
import type { Catalog, Printer } from '../../domain/catalog.ts'
import type { LineView, OrderView, TicketView } from '../../domain/order-view.ts'
import { MAX_TICKET_AGE_MS } from './limits.ts'
import type { SlipWish } from './kitchen-slip.ts'

/** A slip that has to be printed once; its key is the same however often it is asked for. */
export interface WantedSlip extends Pick<SlipWish, 'order' | 'ticket' | 'lines'> {
  readonly kind: Exclude<SlipWish['kind'], 'copy'>
  readonly key: string
  readonly printerId: string
}

export interface PaperRule {
  readonly catalog: Catalog
  /** Every log that this device ever wrote: exactly the till that fired a ticket prints it. */
  readonly ownOrigins: ReadonlySet<string>
  readonly nowMs: number
  /** How long a kitchen screen may take to show a ticket (rule K2). */
  readonly allowedMs: number
  /** Whether that key was printed, or waits for it. */
  readonly wasAsked: (key: string) => boolean
}

/** What an order needs on paper now. Pure: asking again gives the same keys. */
export function ticketsToPrint(order: OrderView, rule: PaperRule): WantedSlip[] {
  return order.tickets
    .filter((ticket) => rule.ownOrigins.has(ticket.firedFrom))
    .filter((ticket) => rule.nowMs - Date.parse(ticket.firedAt) <= MAX_TICKET_AGE_MS)
    .flatMap((ticket) => {
      const lines = order.lines.filter((line) => isMadeOn(line, ticket.id))
      return [
        ...slips(order, ticket, lines, rule),
        ...fallback(order, ticket, lines, rule),
        ...voids(order, ticket, lines, rule),
      ]
    })
}

/** What somebody asks for once more: each ticket where it is read on paper, else where it falls back to. */
export function copiesOf(
  order: OrderView,
  catalog: Catalog,
): (Pick<SlipWish, 'ticket' | 'lines'> & { readonly printerId: string })[] {
  return order.tickets.flatMap((ticket) => {
    const lines = linesToMake(
      order,
      order.lines.filter((line) => isMadeOn(line, ticket.id)),
    )
    if (lines.length === 0) return []
    const readers = printersWhere(catalog, ({ slipsOf }) => slipsOf.includes(ticket.stationId))
    const fallen = fallbackPrinter(catalog, ticket)
    const printerIds = readers.length > 0 || fallen === undefined ? readers : [fallen]
    return printerIds.map((printerId) => ({ printerId, ticket, lines }))
  })
}

const slipKey = (ticketId: string, printerId: string): string => `slip/${printerId}/${ticketId}`

/** Without the printer's name: a ticket falls back once, whatever is set up differently later. */
const fallbackKey = (ticketId: string): string => `fallback/${ticketId}`

function slips(
  order: OrderView,
  ticket: TicketView,
  lines: readonly LineView[],
  { catalog }: PaperRule,
): WantedSlip[] {
  const toMake = linesToMake(order, lines)
  // A printer that is set up in the afternoon does not print what was made at noon.
  if (toMake.length === 0 || ticket.bumped) return []
  return printersWhere(catalog, ({ slipsOf }) => slipsOf.includes(ticket.stationId)).map(
    (printerId) => ({
      key: slipKey(ticket.id, printerId),
      kind: 'slip',
      printerId,
      order,
      ticket,
      lines: toMake,
    }),
  )
}

/** Nobody has acknowledged it, on a screen or by paper. */
function fallback(
  order: OrderView,
  ticket: TicketView,
  lines: readonly LineView[],
  { catalog, nowMs, allowedMs }: PaperRule,
): WantedSlip[] {
  const toMake = linesToMake(order, lines)
  const isSeen = ticket.seenBy.length > 0 || ticket.bumped
  const isLate = nowMs - Date.parse(ticket.firedAt) >= allowedMs
  const printerId = fallbackPrinter(catalog, ticket)
  if (isSeen || !isLate || toMake.length === 0 || printerId === undefined) return []
  const key = fallbackKey(ticket.id)
  return [{ key, kind: 'fallback', printerId, order, ticket, lines: toMake }]
}

/**
 * Paper does not change by itself: wherever a ticket is on paper, what is not to be made any more
 * follows it there. Each slip names all of them so far, so its number of lines tells it apart.
 */
function voids(
  order: OrderView,
  ticket: TicketView,
  lines: readonly LineView[],
  { catalog, wasAsked }: PaperRule,
): WantedSlip[] {
  const isCancelled = order.status === 'cancelled'
  const gone = lines.filter((line) => line.voided || (isCancelled && line.movedTo === null))
  if (gone.length === 0) return []
  const fellBackTo = wasAsked(fallbackKey(ticket.id)) ? fallbackPrinter(catalog, ticket) : undefined
  const onPaper = printersWhere(
    catalog,
    (_, printerId) => wasAsked(slipKey(ticket.id, printerId)) || printerId === fellBackTo,
  )
  return onPaper.map((printerId) => ({
    key: `void/${printerId}/${ticket.id}/${gone.length}`,
    kind: 'void',
    printerId,
    order,
    ticket,
    lines: gone,
  }))
}

/** One, however many are set up for it. */
const fallbackPrinter = (catalog: Catalog, { stationId }: TicketView): string | undefined =>
  printersWhere(catalog, ({ fallbackFor }) => fallbackFor.includes(stationId))[0]

/** A line that was moved to another order is made from this ticket all the same. */
const linesToMake = (order: OrderView, lines: readonly LineView[]): LineView[] =>
  lines.filter((line) => !line.voided && (line.movedTo !== null || order.status !== 'cancelled'))

/** In the order of their ids, so that every device names the same one first. */
const printersWhere = (
  catalog: Catalog,
  isMeant: (printer: Printer, printerId: string) => boolean,
): string[] =>
  [...catalog.printer]
    .filter(([printerId, printer]) => isMeant(printer, printerId))
    .map(([printerId]) => printerId)
    .toSorted()
