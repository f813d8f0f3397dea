import { newBill, type Bill } from './bill.ts'
import type { Crew } from './crew.ts'
import { shoot } from './shots.ts'
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

/** Something else that is to be done between two guests. */
export interface Chore {
  readonly chore: string
  readonly act: (till: Till, day: Day) => Promise<void>
}

/** What one person does at one till, one thing after the other. */
export async function walk(
  till: Till,
  day: Day,
  stories: readonly (Story | Chore)[],
): Promise<void> {
  for (const one of stories) {
    const name = 'chore' in one ? one.chore : `order ${one.order}: ${one.what}`
    try {
      if ('chore' in one) await one.act(till, day)
      else await tell(one, till, day)
    } catch (fault) {
      await shoot(till.page, `failed-${till.name}`)
      throw new Error(`${till.name}, ${name}: ${String(fault)}`, { cause: fault })
    }
  }
}

async function tell({ order, steps }: Story, till: Till, day: Day): Promise<void> {
  const bill = day.bills.get(order) ?? newBill(order)
  day.bills.set(order, bill)
  for (const step of steps) await step({ till, bill, day })
}

/** A picture of the till as it stands now, where pictures are wanted. */
export const look =
  (name: string): Step =>
  ({ till }) =>
    shoot(till.page, name)

export function billOf({ bills }: Day, order: number): Bill {
  const bill = bills.get(order)
  if (bill === undefined) throw new Error(`nobody has begun order ${order}`)
  return bill
}
