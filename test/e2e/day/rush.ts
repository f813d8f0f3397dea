import { expect } from 'vitest'
import type { Bill } from './bill.ts'
import type { Crew } from './crew.ts'
import { shoot } from './shots.ts'

/** Somebody complains: the pass rushes the order, which stands first at the grill then. */
export async function rush({ grill, pass }: Crew, bill: Bill): Promise<void> {
  await pass.getByRole('button', { name: `Rush ${bill.number}`, exact: true }).click()
  const first = grill.getByRole('article').first()
  await first.filter({ hasText: 'RUSH' }).filter({ hasText: bill.number }).waitFor()
  await shoot(grill, 'rush-grill')
  await shoot(pass, 'rush-pass')
}

/** By the keys of a bump bar: the first one is made, was not done after all, and is made. */
export async function bumpAndRecall({ grill }: Crew, bill: Bill): Promise<void> {
  const ticket = grill.getByRole('article', { name: new RegExp(`^Ticket ${bill.number} `) })
  await expect.poll(() => grill.getByRole('article').first().innerText()).toContain(bill.number)
  await grill.waitForTimeout(500)
  await grill.keyboard.press('1')
  await ticket.waitFor({ state: 'detached' })
  await grill.getByRole('button', { name: 'Recall', exact: true }).click()
  await grill.getByRole('button', { name: new RegExp(`^Recall ${bill.number}`) }).click()
  await ticket.waitFor()
}
