import { compareStamps } from './clock.ts'
import type { LineState, OrderState } from './evolve.ts'

/**
 * Lines move between orders, and their facts stay where they were sold: the *home* of a line is the
 * order to which it was added, and the home alone says where the line is now. So the latest of all
 * moves is found in one place, and a line is in exactly one order (rule F1).
 *
 *     home ── lentTo ──▶ order      the orders to which any of its lines was ever moved
 *     home ◀── lenders ── order     the orders whose lines were ever moved to it
 *
 * An order is therefore read from its own state and from those of its lenders, and no further: a
 * lender's own lenders say nothing about the lender's lines.
 */
export interface PlacedLine {
  readonly id: string
  readonly line: LineState & { readonly added: NonNullable<LineState['added']> }
  readonly home: OrderState
  /** The order that it is in. */
  readonly placeId: string
}

/** The lines that were sold here, wherever they are, and those of the lenders that are here. */
export function placedLines(state: OrderState, lenders: readonly OrderState[]): PlacedLine[] {
  const placed = linesOf(state)
  for (const lender of lenders) {
    if (lender.orderId === state.orderId) continue
    for (const line of linesOf(lender)) if (line.placeId === state.orderId) placed.push(line)
  }
  return placed.sort((a, b) => compareStamps(a.line.added.stamp, b.line.added.stamp))
}

function linesOf(home: OrderState): PlacedLine[] {
  const placed: PlacedLine[] = []
  for (const id in home.lines) {
    const line = home.lines[id]
    if (line === undefined || !isSold(line)) continue
    placed.push({ id, line, home, placeId: line.place?.value ?? home.orderId })
  }
  return placed
}

const isSold = (line: LineState): line is PlacedLine['line'] => line.added !== undefined
