import { expect } from 'vitest'
import type { Locator } from 'playwright-core'
import { putOn } from '../bill.ts'
import { usd } from '../cents.ts'
import { billOf, type Step } from '../scene.ts'
import {
  agrees,
  approve,
  atRest,
  button,
  closePlan,
  findTable,
  needsManager,
  orderOf,
  rowOf,
  sheetOf,
  tableOf,
  topBar,
  type Till,
} from '../till.ts'
import { lineOf } from './ring.ts'

/** What becomes of an order after it was sent: less, for nothing, more, somewhere else, or nothing at all. */

async function because(till: Till, reason: string, action: string): Promise<void> {
  await button(sheetOf(till), reason).click()
  await button(sheetOf(till), action).click()
}

/** The kitchen has it, so a cashier asks a manager. */
export const voidSent =
  (name: string, reason: string): Step =>
  async ({ till, bill }) => {
    const line = bill.lines.findLast((one) => one.name === name && one.fate === 'sold')!
    await lineOf(till, line).click()
    await because(till, reason, 'Void item')
    if (needsManager(till)) await approve(till)
    line.fate = 'void'
    await orderOf(till).getByText(`Voided: ${reason}`).waitFor()
    await agrees(till, bill)
  }

export const comp =
  (name: string, reason: string): Step =>
  async ({ till, bill }) => {
    const line = bill.lines.findLast((one) => one.name === name && one.fate === 'sold')!
    const isAsked = needsManager(till)
    await lineOf(till, line).click()
    await button(sheetOf(till), 'On the house').first().click()
    await because(till, reason, `Serve it for nothing${isAsked ? ', with a manager' : ''}`)
    if (isAsked) await approve(till)
    line.fate = 'comp'
    await orderOf(till).getByText(`On the house: ${reason}`).waitFor()
    await agrees(till, bill)
  }

/** One more of what the kitchen has: it comes on a ticket of its own. */
export const another =
  (name: string): Step =>
  async ({ till, bill }) => {
    const line = bill.lines.findLast((one) => one.name === name && one.fate === 'sold')!
    await lineOf(till, line).click()
    await button(sheetOf(till), 'Another one').click()
    bill.lines.push({ ...line, quantity: 1, isSent: false, seat: null, course: null })
    await orderOf(till).getByRole('region', { name: 'Not sent' }).waitFor()
    await agrees(till, bill)
  }

export const discount =
  (percent: number, reason: string): Step =>
  async ({ till, bill }) => {
    const isAsked = needsManager(till)
    await button(orderOf(till), 'Discount').click()
    await button(sheetOf(till), `${percent}%`).click()
    await because(till, reason, `Take ${percent}% off${isAsked ? ', with a manager' : ''}`)
    if (isAsked) await approve(till)
    bill.discount = percent
    await agrees(till, bill)
  }

export const serviceCharge =
  (percent: number, reason: string): Step =>
  async ({ till, bill }) => {
    const isAsked = needsManager(till)
    await button(orderOf(till), 'Details').click()
    await button(sheetOf(till), `${percent}%`).click()
    await sheetOf(till).getByRole('textbox', { name: 'Why' }).fill(reason)
    const deed = `Set the service charge${isAsked ? ', with a manager' : ''}`
    await button(sheetOf(till), deed).click()
    if (isAsked) await approve(till)
    bill.service = percent
    await agrees(till, bill)
  }

export const cancel =
  (reason: string): Step =>
  async ({ till, bill }) => {
    await button(orderOf(till), 'Cancel order').click()
    await because(till, reason, 'Cancel this order')
    if (needsManager(till) && bill.lines.some(({ isSent }) => isSent)) await approve(till)
    bill.isCancelled = true
    await atRest(till)
  }

/** All of the last payment is given back. */
export const refund =
  (reason: string): Step =>
  async ({ till, bill }) => {
    const payment = bill.payments.at(-1)!
    const back = payment.amount + payment.tip
    await button(orderOf(till), 'Refund').click()
    await because(till, reason, `Refund ${usd(back)}`)
    if (needsManager(till)) await approve(till)
    payment.back = back
    payment.backAt = till.name
    await sheetOf(till).waitFor({ state: 'detached' })
    await rowOf(till, 'Given back').getByText(usd(back), { exact: true }).waitFor()
  }

/** The guests would rather sit elsewhere. */
export const moveTo =
  (table: string): Step =>
  async ({ till, bill }) => {
    await button(orderOf(till), `Table ${bill.table}`).click()
    await tableOf(till, table).click()
    await button(orderOf(till), `Table ${table}`).waitFor()
    bill.table = table
  }

/** Two tables, one bill. */
export const mergeInto =
  (order: number): Step =>
  async ({ till, bill, day }) => {
    const other = billOf(day, order)
    await button(orderOf(till), `Table ${bill.table}`).click()
    await tableOf(till, other.table!).click()
    await button(sheetOf(till), `One bill with ${other.number}`).click()
    await orderOf(till).getByRole('heading', { name: other.number }).waitFor()
    putOn(other, bill)
    await agrees(till, other)
    await (await findTable(till, bill.table!)).and(freeTable(till)).waitFor()
    await closePlan(till)
  }

const freeTable = ({ page }: Till): Locator =>
  page.getByRole('button', { name: /^Table \d+, Free/ })

/** Given to the wrong table, and taken back within five seconds. */
export const discountAndUndo =
  (percent: number): Step =>
  async (scene) => {
    await discount(percent, 'Regular guest')(scene)
    await button(scene.till.page.getByRole('main'), 'Undo').click()
    scene.bill.discount = 0
    await agrees(scene.till, scene.bill)
  }

/** What was done to an order can be taken back beside it, and not beside the next one. */
export const nothingToUndo: Step = async ({ till }) => {
  expect(await button(till.page.getByRole('main'), 'Undo').count()).toBe(0)
}

/** The guest is back, and the order is long closed. */
export const fromClosed: Step = async ({ till, bill }) => {
  await topBar(till)
    .getByRole('button', { name: /^Open orders/ })
    .click()
  await button(sheetOf(till), 'Closed').click()
  await sheetOf(till, 'Closed orders').getByRole('searchbox').fill(bill.number)
  await sheetOf(till)
    .getByRole('list', { name: 'Closed orders' })
    .getByRole('button', { name: new RegExp(bill.number) })
    .click()
  await orderOf(till).getByRole('heading', { name: bill.number }).waitFor()
}

export const reprint: Step = async ({ till, bill }) => {
  await button(orderOf(till), 'Receipt').click()
  await button(sheetOf(till), 'Reprint as DUPLICATE').click()
  await till.page.getByText(`Duplicate of ${bill.number} goes to the printer`).waitFor()
}

/** The screen is free again for the next guest. */
export const leave: Step = async ({ till }) => {
  await button(topBar(till), 'New order').click()
  await atRest(till)
}

/** The driver is back from the door. */
export const handOver: Step = async ({ till }) => {
  await orderOf(till)
    .getByText(/^Ready/)
    .first()
    .waitFor()
  await button(orderOf(till), 'Hand over').click()
  await atRest(till)
}
