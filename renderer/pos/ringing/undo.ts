import { create } from 'zustand'
import type { ShownOrder } from '../../../domain/order-view.ts'

/** What was just done, where it can be taken back. It has been done all the same: nobody waits for it. */
export interface Undoable {
  readonly text: string
  readonly undo: () => void
  /** The order that it was done to, as it was then; null: the order is not in hand any more. */
  readonly of: Touched | null
  /** Tells two of the same text apart. */
  readonly id: number
}

type Touched = Pick<ShownOrder, 'id' | 'payments'>

/** Beside another order nobody knows what it would take back, and after money came it is too late. */
export const isOffered = ({ of }: Undoable, inHand: Touched | null): boolean =>
  of === null || (of.id === inHand?.id && of.payments.length === inHand.payments.length)

export const UNDO_MS = 5_000

export const useUndo = create<{ readonly last: Undoable | null }>(() => ({ last: null }))

let count = 0

export function offerUndo(text: string, of: Touched | null, undo: () => void): void {
  count += 1
  useUndo.setState({ last: { text, undo, of, id: count } })
}

export const forgetUndo = (): void => useUndo.setState({ last: null })
