import { create } from 'zustand'

/** What was just done, where it can be taken back. It has been done all the same: nobody waits for it. */
export interface Undoable {
  readonly text: string
  readonly undo: () => void
  /** Tells two of the same text apart. */
  readonly id: number
}

export const UNDO_MS = 5_000

export const useUndo = create<{ readonly last: Undoable | null }>(() => ({ last: null }))

let count = 0

export function offerUndo(text: string, undo: () => void): void {
  count += 1
  useUndo.setState({ last: { text, undo, id: count } })
}

export const forgetUndo = (): void => useUndo.setState({ last: null })
