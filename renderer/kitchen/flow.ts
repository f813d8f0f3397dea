/**
 * Cards flow down columns and on to the right, and a page is one width of the screen. Nothing is ever
 * scrolled: what is longer than a column goes on in the next one, and what does not fit on this page
 * stands on the next. Lengths in CSS pixels. Pure.
 */
export interface Measure {
  /** The border, and what stands above the first line: again above each part of a card. */
  readonly head: number
  readonly lines: readonly number[]
  /** What stands below the last line. */
  readonly foot: number
}

export interface FlowArea {
  readonly height: number
  readonly gap: number
  /** Of a strip that says that a card goes on. */
  readonly more: number
}

/** A card, or a part of a long one: its lines from `from` to before `to`. */
export interface Piece {
  readonly id: string
  /** From 0, over all pages. */
  readonly column: number
  readonly top: number
  readonly from: number
  readonly to: number
  readonly isFirst: boolean
  readonly isLast: boolean
}

const sum = (lengths: readonly number[]): number => lengths.reduce((total, one) => total + one, 0)

export function flow(
  cards: readonly { readonly id: string; readonly measure: Measure }[],
  area: FlowArea,
): Piece[] {
  const pieces: Piece[] = []
  let column = 0
  let top = 0
  const nextColumn = () => {
    column += 1
    top = 0
  }
  for (const { id, measure } of cards) {
    const whole = measure.head + sum(measure.lines) + measure.foot
    if (top > 0 && top + whole > area.height) nextColumn()
    if (whole <= area.height) {
      pieces.push({
        id,
        column,
        top,
        from: 0,
        to: measure.lines.length,
        isFirst: true,
        isLast: true,
      })
      top += whole + area.gap
      continue
    }
    const parts = partsOf(measure, area)
    for (const [n, part] of parts.entries()) {
      const isLast = n === parts.length - 1
      pieces.push({ id, column, top: 0, ...part, isFirst: n === 0, isLast })
      if (isLast) top = heightOf(measure, part) + area.more + area.gap
      else nextColumn()
    }
  }
  return pieces
}

interface Part {
  readonly from: number
  readonly to: number
}

const heightOf = ({ head, lines, foot }: Measure, { from, to }: Part): number =>
  head + sum(lines.slice(from, to)) + foot

/** Each but the last fills a column; a line that is higher than one stands there alone. */
function partsOf({ head, lines, foot }: Measure, { height, more }: FlowArea): Part[] {
  const parts: Part[] = []
  let from = 0
  while (from < lines.length) {
    const rest = lines.slice(from)
    // Each part but the first says that it goes on from before.
    const begun = head + (from > 0 ? more : 0)
    if (begun + sum(rest) + foot <= height) break
    let to = from
    let used = begun + more
    while (to < lines.length) {
      used += lines[to] ?? 0
      if (used > height && to > from) break
      to += 1
    }
    parts.push({ from, to })
    from = to
  }
  parts.push({ from, to: lines.length })
  return parts
}

/** As many columns as keep a card readable from where the cook stands. */
export const columnsFor = (width: number, minColumn: number, gap: number): number =>
  Math.max(1, Math.floor((width + gap) / (minColumn + gap)))

/** The page to show when there are fewer than before. */
export const clampPage = (page: number, pageCount: number): number =>
  Math.max(0, Math.min(page, pageCount - 1))

export const pageCountOf = (pieces: readonly Piece[], columns: number): number =>
  1 + Math.max(0, ...pieces.map(({ column }) => Math.floor(column / columns)))

export const piecesOnPage = (pieces: readonly Piece[], columns: number, page: number): Piece[] =>
  pieces.filter(({ column }) => Math.floor(column / columns) === page)
