import { fire } from '../bill.ts'
import type { Step } from '../scene.ts'
import { atRest, button, orderOf, findTable } from '../till.ts'

/** What goes to the kitchen, and when. */

/** What is in a held course waits. */
export const send: Step = async (scene) => {
  const { till, bill } = scene
  fire(bill, (line) => line.course === null || !bill.held.has(line.course))
  await button(orderOf(till), 'Send').click()
  bill.sentMs = Date.now()
  await atRest(till)
}

export const hold =
  (course: string): Step =>
  async ({ till, bill }) => {
    bill.held.add(course)
    await button(orderOf(till), `Hold ${course}`).click()
    await orderOf(till).getByRole('region', { name: course }).getByText('held').waitFor()
  }

/** The plan says that it waits; the waiter opens the table and lets it go. */
export const fireFromPlan =
  (course: string): Step =>
  async (scene) => {
    const { till, bill } = scene
    bill.held.delete(course)
    fire(bill, (line) => line.course === course)
    const waiting = await findTable(till, bill.table!)
    await waiting.filter({ hasText: course }).click()
    await button(orderOf(till), `Fire ${course}`).last().click()
    await till.page.getByText(`${bill.number}: ${course} fired`).waitFor()
    await atRest(till)
  }

/** The kitchen makes it and the pass hands it out, while the till goes on. */
export const serve: Step = async ({ bill, day }) => day.crew.serve(bill)

/** The guest waits for the food before paying. */
export const made: Step = ({ bill, day }) => day.crew.make(bill)

/** It is for later and waits; whoever sends it once more wants it now. */
export const sendAgain: Step = async ({ till, bill }) => {
  await button(orderOf(till), 'Send').click()
  await till.page.getByText(new RegExp(`^${bill.number} sent`)).waitFor()
  await atRest(till)
}
