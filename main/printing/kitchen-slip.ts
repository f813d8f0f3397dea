import { STORE_RECORD_ID, type Catalog } from '../../domain/catalog.ts'
import { paperLanguages } from '../../domain/languages.ts'
import type { LineView, OrderView, TicketView } from '../../domain/order-view.ts'
import type { Paper, PaperLine } from '../../protocol/paper.ts'
import { timeOf } from './figures.ts'
import { createLayout, type Layout } from './layout.ts'
import { channelOnPaper, duePaper } from './receipt.ts'
import { preparedIn } from './words/prepared-in.ts'
import type { PaperWords } from './words/paper-words.ts'
import { wordsIn } from './words/words-in.ts'

export interface SlipWish {
  readonly order: Omit<OrderView, 'customer'>
  readonly ticket: TicketView
  readonly catalog: Catalog
  readonly columns: number
  /**
   * `fallback`: no kitchen screen has shown it (rule K2). `void`: not to be made any more. `copy`:
   * somebody asked for it again.
   */
  readonly kind: 'slip' | 'fallback' | 'void' | 'copy'
  /** Of the ticket, those that this slip is about. */
  readonly lines: readonly LineView[]
}

interface Setting extends SlipWish {
  readonly layout: Layout
  readonly words: PaperWords
}

/** What one station makes from one firing, to be read at arm's length, in the kitchen's language. */
export function kitchenSlipOf(wish: SlipWish): Paper {
  const { order, ticket, catalog, kind } = wish
  const language = paperLanguages(catalog).kitchen
  const words = wordsIn(language)
  const layout = createLayout(wish.columns)
  const set = { ...wish, layout, words }
  const station = catalog.station.get(ticket.stationId)?.name ?? ticket.stationId
  const timeZone = catalog.store.get(STORE_RECORD_ID)?.timeZone ?? 'UTC'
  return {
    columns: wish.columns,
    language,
    lines: [
      ...marksOf(set).flatMap((mark) => stamp(mark, layout)),
      ...layout.text(station, { size: 'tall', isBold: true }),
      ...layout.text(order.number, { size: 'large', isBold: true }),
      ...layout.text(channelOnPaper(order, words), { size: 'large' }),
      ...layout.text(words.sent(timeOf(ticket.firedAt, timeZone))),
      ...duePaper(order, timeZone, layout, words),
      ...noteOf(order.notes, set),
      layout.rule(),
      ...byCourse(set),
      layout.rule(),
      ...(kind === 'fallback' ? layout.text(words.fallbackAbout) : []),
    ],
  }
}

function marksOf({ kind, ticket, order, words }: Setting): string[] {
  return [
    ...(kind === 'copy' ? [words.duplicate] : []),
    ...(kind === 'fallback' ? [words.fallback] : []),
    ...(kind === 'void' ? [order.status === 'cancelled' ? words.cancelled : words.void] : []),
    ...(ticket.firingNumber > 1 ? [words.addOn] : []),
  ]
}

/** White on black and twice as large: nobody takes this for an ordinary ticket. */
const stamp = (mark: string, layout: Layout): PaperLine[] =>
  layout.centered(mark, { size: 'large', isBold: true, isInverted: true })

const noteOf = (notes: string | null, { layout, words }: Setting): PaperLine[] =>
  notes === null ? [] : layout.text(words.note(notes), { size: 'tall', isBold: true })

/** The first course first, each under its name; what is in none needs no heading. */
function byCourse(set: Setting): PaperLine[] {
  const { lines, catalog, layout, words } = set
  return [...Map.groupBy(lines, ({ course }) => course)]
    .toSorted(([a], [b]) => (a ?? 0) - (b ?? 0))
    .flatMap(([course, own]) => [
      ...(course === null
        ? []
        : layout.text(catalog.course.get(String(course))?.name ?? words.course(course), {
            isBold: true,
            isInverted: true,
          })),
      ...own.flatMap((line) => slipLine(line, set)),
    ])
}

function slipLine(line: LineView, { kind, layout, words }: Setting): PaperLine[] {
  const what = `${kind === 'void' ? `${words.void} ` : ''}${line.quantity} ${line.kitchenName}`
  return [
    ...layout.text(what, { size: 'large' }),
    ...line.modifiers.flatMap((modifier) =>
      layout.text(
        `* ${preparedIn(words.loudly, modifier.kitchenName ?? modifier.name, modifier.preparation)}`,
        {
          size: 'tall',
          isBold: true,
          indent: 2,
        },
      ),
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
