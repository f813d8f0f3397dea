import type { Channel } from '../bill.ts'
import type { Page } from 'playwright-core'
import { billOf, type Step } from '../scene.ts'
import {
  atRest,
  button,
  closePlan,
  closeSheet,
  findTable,
  openPlan,
  orderOf,
  pickUp,
  sheetOf,
  topBar,
} from '../till.ts'

/** How an order begins: where the guest sits, or who waits for it. */

/** Guests sit down at a free table of the floor plan. */
export const table =
  (number: string): Step =>
  async ({ till, bill }) => {
    bill.table = number
    till.seat = null
    till.course = null
    await atRest(till)
    await (await findTable(till, number)).click()
    await button(orderOf(till), `Table ${number}`).waitFor()
  }

/** The same by its number: it stands in another room. */
export const tableTyped =
  (number: string): Step =>
  async ({ till, bill }) => {
    bill.table = number
    till.seat = null
    till.course = null
    await atRest(till)
    await openPlan(till)
    await till.page.keyboard.type(number)
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
  /** The guest is told the soonest that the till proposes, or a quarter of an hour after it. */
  readonly promised?: 'soonest' | 'quarter'
  /** The quarter that was promised for that order has no room for this one. */
  readonly isFullBy?: number
  /** Somebody who ordered before is found by the phone. */
  readonly isKnown?: true
  /** The till says that it cannot hear the other one, and so what it proposes. */
  readonly isAlone?: true
}

const caller =
  ({ name, phone, address, promised, isFullBy, isKnown, isAlone }: Caller): Step =>
  async ({ till, bill, day }) => {
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
    if (isAlone) await sheet.getByText(/^Not every till can be heard now/).waitFor()
    if (isFullBy !== undefined) {
      const full = button(sheet, `${billOf(day, isFullBy).promised}, 1 promised, full`)
      await full.and(sheet.locator(':disabled')).waitFor()
    }
    if (promised === 'soonest') await sheet.getByRole('button', { name: /^Soonest/ }).click()
    if (promised === 'quarter') {
      const free = sheet.getByRole('button', { name: /, 0 promised$/ }).nth(LATER_QUARTER)
      bill.promised = (await free.getAttribute('aria-label'))!.split(',')[0]!
      await free.click()
    }
    await button(sheet, 'Save customer').click()
    await orderOf(till)
      .getByRole('button', { name: new RegExp(name) })
      .waitFor()
  }

/** So late that it is still ahead when the next guest asks, and not so late as what is wanted in two hours. */
const LATER_QUARTER = 3

const both =
  (...steps: readonly Step[]): Step =>
  async (scene) => {
    for (const step of steps) await step(scene)
  }

export const takeout = (who: Caller): Step => both(choose('Takeout'), caller(who))
export const delivery = (who: Caller): Step => both(choose('Delivery'), caller(who))
/** Somebody at the counter who gives no name. */
export const counter: Step = choose('Takeout')

/** Quick service: a pager, and no table. */
export const pager =
  (number: string): Step =>
  async ({ till, bill }) => {
    bill.channel = 'Takeout'
    await atRest(till)
    await button(orderOf(till), 'Name or pager').click()
    await sheetOf(till).getByRole('textbox', { name: 'Name or pager' }).fill(number)
    await button(sheetOf(till), 'Save').click()
    await button(orderOf(till), number).waitFor()
  }

/** Wanted in two hours: the till keeps it until then, or until somebody sends it all the same. */
export const forLater =
  (name: string): Step =>
  async (scene) => {
    const { till } = scene
    await counter(scene)
    await button(orderOf(till), 'Add customer').click()
    const sheet = sheetOf(till, 'Customer')
    await sheet.getByRole('textbox', { name: 'Name' }).fill(name)
    await button(sheet, 'Another day or time').click()
    await sheet.getByLabel('Day and time').fill(await inTwoHours(till.page))
    await button(sheet, 'Save customer').click()
    await orderOf(till)
      .getByRole('button', { name: new RegExp(name) })
      .waitFor()
  }

const inTwoHours = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const later = new Date(Date.now() + 7_200_000)
    const two = (value: number) => String(value).padStart(2, '0')
    const day = `${later.getFullYear()}-${two(later.getMonth() + 1)}-${two(later.getDate())}`
    return `${day}T${two(later.getHours())}:${two(later.getMinutes())}`
  })

/** It came from outside, and waits for a word. */
export const accept: Step = async ({ till, bill }) => {
  await atRest(till)
  await topBar(till)
    .getByRole('button', { name: /^Inbox/ })
    .click()
  const inbox = sheetOf(till, 'Online orders')
  await inbox
    .getByRole('listitem')
    .filter({ hasText: bill.number })
    .getByRole('button', { name: /^Accept for/ })
    .click()
  await till.page.getByText(new RegExp(`^${bill.number} accepted for`)).waitFor()
  await closeSheet(inbox)
}

/** The order is opened again, here or at another till than before. */
export const again: Step = ({ till, bill }) => pickUp(till, bill)
