import { expect } from 'vitest'
import { share, usd } from '../cents.ts'
import type { Bill, BillLine } from '../bill.ts'
import { BURGER_MENU, CARD, CHOICES, type Choice, type Dish, type DishName } from '../card.ts'
import { COLA_CODE } from '../prepare-menu.ts'
import type { Step } from '../scene.ts'
import {
  agrees,
  approve,
  beginning,
  button,
  escaped,
  menuOf,
  needsManager,
  orderOf,
  sheetOf,
  typeAmount,
  type Till,
} from '../till.ts'

/** What guests order, and how it gets into the till. */

interface Wish {
  /** Where it stands as well. */
  readonly page?: 'Favourites'
  readonly count?: number
  readonly with?: readonly Choice[]
  readonly seat?: number
  readonly course?: string
}

/** From its page of the menu: the count is typed before it, choices are made after it. */
export const ring =
  (name: DishName, wish: Wish = {}): Step =>
  async ({ till, bill }) => {
    const dish: Dish = CARD[name]
    const { count = 1, with: choices = [] } = wish
    await seatAndCourse(till, wish)
    await turnTo(till, wish.page ?? dish.page)
    await typeCount(till, count)
    await menuOf(till)
      .getByRole('button', { name: beginning(name) })
      .click()
    if (dish.asks) {
      const line = put(bill, till, name, count, choices)
      await chooseAll(till, choices)
      await button(sheetOf(till), `Add ${usd(line.each * line.quantity)}`).click()
      await isRungUp(till, bill, line)
    } else {
      const line = put(bill, till, name, count, [])
      await isRungUp(till, bill, line)
      if (choices.length > 0) await chooseAfter(till, bill, line, choices)
    }
  }

/** The same once more, by one key. */
export const repeatLast: Step = async ({ till, bill }) => {
  const line = bill.lines.findLast(({ fate }) => fate === 'sold')!
  await button(menuSide(till), `Repeat last: ${line.name}`).click()
  line.quantity += 1
  await isRungUp(till, bill, line)
}

/** As a scanner in keyboard mode does it: a row of keys within milliseconds, and Enter. */
export const scanCola: Step = async ({ till, bill }) => {
  await till.page.evaluate(
    (keys) => {
      for (const key of keys) {
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        )
      }
    },
    [...COLA_CODE, 'Enter'],
  )
  await isRungUp(till, bill, put(bill, till, 'Cola (bottle)', 1, []))
}

/** By a part of its name. */
export const find =
  (typed: string, name: DishName): Step =>
  async ({ till, bill }) => {
    await button(menuSide(till), 'Search').click()
    const sheet = sheetOf(till, 'Find an item')
    await sheet.getByRole('searchbox').fill(typed)
    await sheet.getByRole('button', { name: beginning(name) }).click()
    await isRungUp(till, bill, put(bill, till, name, 1, []))
  }

/** Not on the menu: its name and its price are typed, and a cashier asks a manager. */
export const openItem =
  (name: string, cents: number): Step =>
  async ({ till, bill }) => {
    await turnTo(till, 'Burgers')
    await menuOf(till)
      .getByRole('button', { name: beginning('Open food') })
      .click()
    const sheet = sheetOf(till, 'Open food')
    await sheet.getByRole('textbox', { name: 'What is it?' }).fill(name)
    await typeAmount(sheet.getByRole('group', { name: 'Price' }), cents)
    const isAsked = needsManager(till)
    await button(sheet, `Add ${usd(cents)}${isAsked ? ', with a manager' : ''}`).click()
    if (isAsked) await approve(till)
    const line = newLine(name, cents, 1, CARD['House burger'], till, false)
    bill.lines.push(line)
    await isRungUp(till, bill, line)
  }

/** A burger, onion rings and a lager for one price, which is shared by what each costs alone. */
export const burgerMenu: Step = async ({ till, bill }) => {
  await turnTo(till, 'Burgers')
  await menuOf(till)
    .getByRole('button', { name: beginning('Burger menu') })
    .click()
  const sheet = sheetOf(till, 'Burger menu')
  const picks: readonly DishName[] = ['Classic burger', 'Onion rings', 'Draft lager, pint']
  for (const pick of picks) {
    await sheet.getByRole('button', { name: beginning(pick) }).click()
  }
  await button(sheet, `Add ${usd(BURGER_MENU.price + BURGER_MENU.lager)}`).click()
  const shares = share(
    BURGER_MENU.price,
    picks.map((pick) => CARD[pick].price),
  )
  for (const [place, pick] of picks.entries()) {
    const each = shares[place]! + (pick === 'Draft lager, pint' ? BURGER_MENU.lager : 0)
    bill.lines.push(newLine(pick, each, 1, CARD[pick], till, false))
  }
  await isRungUp(till, bill, bill.lines.at(-1)!)
}

/** A burger without lettuce, with the sauce beside it, twice the cheese, and cheddar on a second patty. */
export const houseBurger: Step = async ({ till, bill }) => {
  await turnTo(till, 'Burgers')
  await menuOf(till)
    .getByRole('button', { name: beginning('House burger') })
    .click({ button: 'right' })
  await button(sheetOf(till), 'Add with options').click()
  const toppings = sheetOf(till).getByRole('group', { name: 'Toppings' })
  await toppings.getByRole('button', { name: /Second patty/ }).click()
  // It cannot be added before this is said, too.
  const behind = sheetOf(till).getByRole('group', { name: 'On the second patty' })
  await behind.getByRole('button', { name: beginning('Cheddar') }).click()
  await button(toppings, 'No').click()
  await toppings.getByRole('button', { name: /Lettuce/ }).click()
  await button(toppings, 'On the side').click()
  await toppings.getByRole('button', { name: /House sauce/ }).click()
  await button(toppings, 'Extra').click()
  await toppings.getByRole('button', { name: /Blue cheese/ }).click()
  const each = CARD['House burger'].price + 50 + 150 + 100 + 450 + 125
  await button(sheetOf(till), `Add ${usd(each)}`).click()
  const line = newLine('House burger', each, 1, CARD['House burger'], till, false)
  bill.lines.push(line)
  await isRungUp(till, bill, line)
  await orderOf(till).getByText('No Lettuce, House sauce on the side, Extra Blue cheese').waitFor()
}

/** Tapped by mistake, removed, and taken back within five seconds. */
export const removeAndUndo =
  (name: DishName): Step =>
  async ({ till, bill }) => {
    const line = bill.lines.findLast((one) => one.name === name)!
    await lineOf(till, line).click()
    await button(sheetOf(till), 'Remove').click()
    await till.page.getByText(`${name} removed`).waitFor()
    await button(till.page.getByRole('main'), 'Undo').click()
    line.fate = 'void'
    bill.lines.push({ ...line, fate: 'sold' })
    await isRungUp(till, bill, line)
  }

export const note =
  (words: string): Step =>
  async ({ till }) => {
    await button(orderOf(till), 'Details').click()
    await sheetOf(till).getByRole('textbox', { name: 'Note for the kitchen' }).fill(words)
    await button(sheetOf(till), 'Save').click()
    await sheetOf(till).waitFor({ state: 'detached' })
  }

/** Also while another till, which cannot be heard, sends or is paid for it. */
export const choose =
  (name: DishName, choice: Choice): Step =>
  async ({ till, bill }) => {
    const line = bill.lines.findLast((one) => one.name === name)!
    await lineOf(till, line).click()
    await chooseAll(till, [choice])
    line.each += CHOICES[choice]
    await button(sheetOf(till), `Save ${usd(line.each * line.quantity)}`).click()
    await sheetOf(till).waitFor({ state: 'detached' })
    await lineOf(till, line).filter({ hasText: choice }).waitFor()
  }

const menuSide = ({ page }: Till) => page.getByRole('main')

/** The line in the order, of those that can still be tapped. */
export const lineOf = (till: Till, { name, quantity }: Pick<BillLine, 'name' | 'quantity'>) =>
  orderOf(till)
    .getByRole('button', { name: new RegExp(`^${quantity}\\s*${escaped(name)}`), disabled: false })
    .last()

async function seatAndCourse(till: Till, { seat, course }: Wish): Promise<void> {
  if (seat !== undefined && seat !== till.seat) {
    await button(orderOf(till), 'Choose a seat').click()
    await button(orderOf(till), `Seat ${seat}`).click()
    till.seat = seat
  }
  if (course !== undefined && course !== till.course) {
    await button(orderOf(till).getByRole('group', { name: 'Course' }), course).click()
    till.course = course
  }
}

async function turnTo(till: Till, page: string): Promise<void> {
  if (till.menuPage === page) return
  await button(till.page.getByRole('navigation', { name: 'Categories' }), page).click()
  till.menuPage = page
}

async function typeCount(till: Till, count: number): Promise<void> {
  if (count === 1) return
  const keys = till.page.getByRole('group', { name: 'Quantity' })
  for (const digit of String(count)) await button(keys, digit).click()
  await till.page.getByText(`${count} of the next item`).waitFor()
}

async function chooseAll(till: Till, choices: readonly Choice[]): Promise<void> {
  for (const choice of choices) {
    await sheetOf(till)
      .getByRole('button', { name: beginning(choice) })
      .click()
  }
}

/** What has no choice that must be made is rung up at once, and then the line is tapped. */
async function chooseAfter(
  till: Till,
  bill: Bill,
  line: BillLine,
  choices: readonly Choice[],
): Promise<void> {
  await lineOf(till, line).click()
  await chooseAll(till, choices)
  line.each += costOf(choices)
  await button(sheetOf(till), `Save ${usd(line.each * line.quantity)}`).click()
  await sheetOf(till).waitFor({ state: 'detached' })
  Object.assign(line, { isPlain: false })
  await agrees(till, bill)
}

const costOf = (choices: readonly Choice[]): number =>
  choices.reduce((all, choice) => all + CHOICES[choice], 0)

/** One more of what stands there as it is makes that line longer, and no second one. */
function put(
  bill: Bill,
  till: Till,
  name: DishName,
  count: number,
  choices: readonly Choice[],
): BillLine {
  const dish: Dish = CARD[name]
  const isPlain = choices.length === 0
  const same = bill.lines.find(
    (line) =>
      line.name === name &&
      line.isPlain &&
      isPlain &&
      !line.isSent &&
      line.fate === 'sold' &&
      line.seat === till.seat &&
      line.course === till.course,
  )
  if (same !== undefined) {
    same.quantity += count
    return same
  }
  const line = newLine(name, dish.price + costOf(choices), count, dish, till, isPlain)
  bill.lines.push(line)
  return line
}

const newLine = (
  name: string,
  each: number,
  quantity: number,
  { tax, station, also }: Dish,
  { seat, course }: Till,
  isPlain: boolean,
): BillLine => ({
  name,
  each,
  quantity,
  tax,
  station,
  also: also ?? null,
  seat,
  course,
  isPlain,
  isSent: false,
  fate: 'sold',
})

/** It stands in the order, which has its number since the first dish. */
async function isRungUp(till: Till, bill: Bill, line: BillLine): Promise<void> {
  await lineOf(till, line).waitFor()
  if (bill.number === '') {
    const heading = orderOf(till).getByRole('heading', { name: /^[AB]-\d{3}$/ })
    bill.number = (await heading.innerText()).trim()
    expect(bill.number).toMatch(till.name === 'Till 1' ? /^A-/ : /^B-/)
  }
  await agrees(till, bill)
}
