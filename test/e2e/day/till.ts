import { expect } from 'vitest'
import type { Browser, Locator, Page } from 'playwright-core'
import { usd } from './cents.ts'
import { costOf, type Bill } from './bill.ts'
import type { HouseTill } from './house.ts'

/** The screen of a till, and what hands do at it, in the words that stand there. */
export interface Till {
  readonly name: string
  readonly page: Page
  readonly house: HouseTill
  /** Who is signed in. */
  staff: Person | null
  /** The page of the menu that lies open. */
  menuPage: string
  /** Whose the next dish is, and with what it comes. */
  seat: number | null
  course: string | null
}

export interface Person {
  readonly name: string
  readonly pin: string
  readonly mayApprove: boolean
}

export const SAM: Person = { name: 'Sam Chen', pin: '3333', mayApprove: false }
export const NINA: Person = { name: 'Nina Berg', pin: '5555', mayApprove: false }
export const MARIA: Person = { name: 'Maria Lopez', pin: '2222', mayApprove: true }

/** On two busy cores a screen may take its time; a person would wait as well. */
const PATIENCE_MS = 30_000

/**
 * With `AURA_LATE=300` each answer of a till comes so long after the news that it brought: where a quick
 * hand and an answer can cross, they do.
 */
const LATE_MS = Number(process.env['AURA_LATE'] ?? 0)

const answerLate = (page: Page): Promise<void> =>
  page.routeWebSocket(/.*/, (near) => {
    const far = near.connectToServer()
    far.onMessage((message) => {
      const isAnswer = /"type":\s*"answer"/.test(String(message))
      if (isAnswer) setTimeout(() => near.send(message), LATE_MS)
      else near.send(message)
    })
  })

export async function openTill(browser: Browser, name: string, house: HouseTill): Promise<Till> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  page.setDefaultTimeout(PATIENCE_MS)
  if (LATE_MS > 0) await answerLate(page)
  await page.goto(`${house.api}/pos`)
  return { name, page, house, staff: null, menuPage: '', seat: null, course: null }
}

export const orderOf = ({ page }: Till): Locator =>
  page.getByRole('complementary', { name: 'Order' })
export const sheetOf = ({ page }: Till, name?: string | RegExp): Locator =>
  page.getByRole('dialog', name === undefined ? {} : { name })
export const menuOf = ({ page }: Till): Locator => page.getByRole('group', { name: /^Menu/ })
export const topBar = ({ page }: Till): Locator => page.getByRole('banner')

/** A button by the whole of what it says. */
export const button = (within: Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true })

/** Begins like this: after it stand prices, counts and states. */
export const beginning = (text: string): RegExp => new RegExp(`^${escaped(text)}`)
export const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

async function typePin(within: Locator, { name, pin }: Person): Promise<void> {
  await within.getByRole('button', { name: beginning(name) }).click()
  const pad = within.getByRole('group', { name: 'PIN' })
  for (const digit of pin) await button(pad, digit).click()
}

export async function signIn(till: Till, person: Person): Promise<void> {
  if (till.staff === person) return
  await signOut(till)
  await typePin(till.page.getByRole('main'), person)
  await till.page.getByRole('button', { name: /^Open orders/ }).waitFor()
  till.staff = person
}

export async function signOut(till: Till): Promise<void> {
  if (till.staff === null) return
  await till.page.getByRole('button', { name: `Sign out ${till.staff.name}` }).click()
  await till.page.getByRole('group', { name: 'Who are you?' }).waitFor()
  till.staff = null
}

/** In front of the till: nobody is signed in by it. */
export async function clock(till: Till, person: Person, way: 'in' | 'out'): Promise<void> {
  const card = till.page.getByRole('main')
  await button(card, 'Clock in or out').click()
  await typePin(card, person)
  const [now, then] = way === 'in' ? ['Clock in', 'Clock out'] : ['Clock out', 'Clock in']
  await button(card, now).click()
  await button(card, then).waitFor()
  await button(card, 'Back').click()
  await card.getByRole('group', { name: 'Who are you?' }).waitFor()
}

/** A manager comes by and types a PIN for what was just asked for. */
export async function approve(till: Till): Promise<void> {
  const asked = sheetOf(till, 'A manager has to approve this')
  await typePin(asked, MARIA)
  await asked.waitFor({ state: 'detached' })
}

/** What only a manager does alone. */
export const needsManager = ({ staff }: Till): boolean => staff?.mayApprove !== true

export async function openMore(till: Till, name: string): Promise<Locator> {
  await topBar(till).getByRole('button', { name: /^More/ }).click()
  await sheetOf(till, 'More')
    .getByRole('button', { name: beginning(name) })
    .click()
  const sheet = sheetOf(till, name)
  await sheet.waitFor()
  return sheet
}

export const closeSheet = (sheet: Locator): Promise<void> => button(sheet, 'Close').click()

export async function typeAmount(pad: Locator, cents: number): Promise<void> {
  for (const key of String(cents).match(/00|\d/g) ?? []) await button(pad, key).click()
}

/** Nothing is in hand, and no answer is under way. */
export const atRest = (till: Till): Promise<void> =>
  orderOf(till).getByRole('heading', { name: 'New order' }).waitFor()

export async function openPlan(till: Till): Promise<void> {
  const plan = sheetOf(till, 'Tables')
  if (!(await plan.isVisible())) await button(topBar(till), 'Tables').click()
  await plan.waitFor()
}

/** The menu itself, with no floor plan over it. */
export async function closePlan(till: Till): Promise<void> {
  const plan = sheetOf(till, 'Tables')
  if (await plan.isVisible()) await closeSheet(plan)
}

/** A table on the plan, in whichever room it stands. */
export async function findTable(till: Till, table: string): Promise<Locator> {
  await openPlan(till)
  const plan = sheetOf(till, 'Tables')
  const isIndoors = Number(table) <= LAST_INDOORS || table === NEW_TABLE
  const room = button(plan, isIndoors ? 'Dining room' : 'Terrace')
  if ((await room.getAttribute('aria-pressed')) !== 'true') await room.click()
  return tableOf(till, table)
}

const LAST_INDOORS = 12
/** Drawn in the morning. */
export const NEW_TABLE = '21'

export const tableOf = (till: Till, table: string): Locator =>
  sheetOf(till, 'Tables').getByRole('button', { name: beginning(`Table ${table},`) })

/** What the till shows of the order in hand is what the pad says: so it has come to all that was tapped. */
export async function agrees(till: Till, bill: Bill): Promise<void> {
  const { gross, discount, service, taxes, due } = costOf(bill)
  const tax = [...taxes.values()].reduce((all, one) => all + one.tax, 0)
  const rows = [
    ['Subtotal', gross],
    ...(discount > 0 ? ([['Discount', -discount]] as const) : []),
    ...(service > 0 ? ([['Service charge', service]] as const) : []),
    ...(tax > 0 ? ([['Tax', tax]] as const) : []),
    [bill.payments.length > 0 ? 'Due' : 'Total', due],
  ] as const
  for (const [name, cents] of rows) {
    await rowOf(till, name).getByText(usd(cents), { exact: true }).waitFor()
  }
}

/** Of the sums under the order. */
export const rowOf = (till: Till, name: string): Locator =>
  orderOf(till).locator('dl > div', {
    has: till.page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }),
  })

/** Opens an order that was begun before, at its table or from the list. */
export async function pickUp(till: Till, bill: Bill): Promise<void> {
  till.seat = null
  till.course = null
  if (bill.table !== null) {
    await (await findTable(till, bill.table)).click()
  } else {
    await topBar(till)
      .getByRole('button', { name: /^Open orders/ })
      .click()
    const rows = till.page.getByRole('list', { name: 'Open orders' })
    await rows.getByRole('button', { name: new RegExp(bill.number) }).click()
  }
  await orderOf(till).getByRole('heading', { name: bill.number }).waitFor()
  expect(bill.number).toMatch(/^[AB]-\d{3}$/)
}
