import { preparedKitchenName } from '../../domain/preparations.ts'
import { STORE_RECORD_ID, type Catalog } from '../../domain/catalog.ts'
import type { LineView, OrderView, TicketView } from '../../domain/order-view.ts'
import type { Paper, PaperLine } from '../../protocol/paper.ts'
import { timeOf } from './figures.ts'
import { createLayout, type Layout } from './layout.ts'
import { channelOnPaper, duePaper } from './receipt.ts'

export interface SlipWish {
  readonly order: Omit<OrderView, 'customer'>
  readonly ticket: TicketView
  readonly catalog: Catalog
  readonly columns: number
  /** `fallback`: no kitchen screen has shown it (rule K2). `void`: not to be made any more. */
  readonly kind: 'slip' | 'fallback' | 'void'
  /** Of the ticket, those that this slip is about. */
  readonly lines: readonly LineView[]
}

/** What one station makes from one firing, to be read at arm's length. */
export function kitchenSlipOf(wish: SlipWish): Paper {
  const { order, ticket, catalog, kind } = wish
  const layout = createLayout(wish.columns)
  const station = catalog.station.get(ticket.stationId)?.name ?? ticket.stationId
  const timeZone = catalog.store.get(STORE_RECORD_ID)?.timeZone ?? 'UTC'
  return {
    columns: wish.columns,
    lines: [
      ...marksOf(wish).flatMap((mark) => stamp(mark, layout)),
      ...layout.text(station, { size: 'tall', isBold: true }),
      ...layout.text(order.number, { size: 'large', isBold: true }),
      ...layout.text(channelOnPaper(order), { size: 'large' }),
      ...layout.text(`Sent ${timeOf(ticket.firedAt, timeZone)}`),
      ...duePaper(order, timeZone, layout),
      ...noteOf(order.notes, layout),
      layout.rule(),
      ...wish.lines.flatMap((line) => slipLine(line, kind === 'void', layout)),
      layout.rule(),
      ...(kind === 'fallback' ? warning(layout) : []),
    ],
  }
}

function marksOf({ kind, ticket, order }: SlipWish): string[] {
  return [
    ...(kind === 'fallback' ? ['FALLBACK'] : []),
    ...(kind === 'void' ? [order.status === 'cancelled' ? 'CANCELLED' : 'VOID'] : []),
    ...(ticket.firingNumber > 1 ? ['ADD-ON'] : []),
  ]
}

/** White on black and twice as large: nobody takes this for an ordinary ticket. */
const stamp = (mark: string, layout: Layout): PaperLine[] =>
  layout.centered(mark, { size: 'large', isBold: true, isInverted: true })

const noteOf = (notes: string | null, layout: Layout): PaperLine[] =>
  notes === null ? [] : layout.text(`Note: ${notes}`, { size: 'tall', isBold: true })

function slipLine(line: LineView, isVoid: boolean, layout: Layout): PaperLine[] {
  const what = `${isVoid ? 'VOID ' : ''}${line.quantity} ${line.kitchenName}`
  return [
    ...layout.text(what, { size: 'large' }),
    ...line.modifiers.flatMap((modifier) =>
      layout.text(`* ${preparedKitchenName(modifier)}`, {
        size: 'tall',
        isBold: true,
        indent: 2,
      }),
    ),
    ...(line.instructions === null
      ? []
      : layout.text(`!! ${line.instructions}`, {
          size: 'tall',
          isBold: true,
          isInverted: true,
          indent: 2,
        })),
  ]
}

const warning = (layout: Layout): PaperLine[] =>
  layout.text(
    'No kitchen screen has shown this ticket in time. It may appear on one later: make it once.',
  )
