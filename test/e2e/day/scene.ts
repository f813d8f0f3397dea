import type { Bill } from './bill.ts'
import type { Crew } from './crew.ts'
import type { Till } from './till.ts'

/** One step of a story: at which till, and on whose bill. */
export type Step = (scene: Scene) => Promise<void>

export interface Scene {
  readonly till: Till
  readonly bill: Bill
  readonly day: Day
}

/** What the whole day knows: every bill by its story, and who cooks. */
export interface Day {
  readonly bills: Map<number, Bill>
  readonly crew: Crew
}

/** A guest, or a table of them, from the first word to the last. */
export interface Story {
  readonly order: number
  readonly what: string
  readonly steps: readonly Step[]
}

export function billOf({ bills }: Day, order: number): Bill {
  const bill = bills.get(order)
  if (bill === undefined) throw new Error(`nobody has begun order ${order}`)
  return bill
}
