import type { Channel } from '../bill.ts'
import type { Step } from '../scene.ts'
import { atRest, button, closePlan, openPlan, orderOf, pickUp, sheetOf, tableOf } from '../till.ts'

/** How an order begins: where the guest sits, or who waits for it. */

/** Guests sit down at a free table of the floor plan. */
export const table =
  (number: string): Step =>
  async ({ till, bill }) => {
    bill.table = number
    till.seat = null
    till.course = null
    await atRest(till)
    await openPlan(till)
    await tableOf(till, number).click()
    await button(orderOf(till), `Table ${number}`).waitFor()
  }

const choose =
  (channel: Channel): Step =>
  async ({ till, bill }) => {
    bill.channel = channel
    await atRest(till)
    await closePlan(till)
    await button(orderOf(till).getByRole('group', { name: 'Order type' }), channel).click()
  }

interface Caller {
  readonly name: string
  readonly phone: string
  readonly address?: string
  /** The guest is told the soonest that the till proposes. */
  readonly isPromised?: true
  /** Somebody who ordered before is found by the phone. */
  readonly isKnown?: true
}

const caller =
  ({ name, phone, address, isPromised, isKnown }: Caller): Step =>
  async ({ till }) => {
    await button(orderOf(till), 'Add customer').click()
    const sheet = sheetOf(till, 'Customer')
    await sheet.getByRole('textbox', { name: 'Phone' }).fill(phone)
    if (isKnown) {
      await button(sheet, 'Find customer').click()
      await sheet.getByRole('button', { name: /^Use/ }).first().click()
    } else {
      await sheet.getByRole('textbox', { name: 'Name' }).fill(name)
      if (address !== undefined) {
        await sheet.getByRole('textbox', { name: 'Address' }).fill(address)
      }
    }
    if (isPromised) await sheet.getByRole('button', { name: /^Soonest/ }).click()
    await button(sheet, 'Save customer').click()
    await orderOf(till)
      .getByRole('button', { name: new RegExp(name) })
      .waitFor()
  }

const both =
  (...steps: readonly Step[]): Step =>
  async (scene) => {
    for (const step of steps) await step(scene)
  }

export const takeout = (who: Caller): Step => both(choose('Takeout'), caller(who))
export const delivery = (who: Caller): Step => both(choose('Delivery'), caller(who))
/** Somebody at the counter who gives no name. */
export const counter: Step = choose('Takeout')

/** The order is opened again, here or at another till than before. */
export const again: Step = ({ till, bill }) => pickUp(till, bill)
