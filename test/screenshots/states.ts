import type { Browser, Locator, Page } from 'playwright-core'
import { HAND_MS } from '../support/every-screen.ts'
import { openKitchen, openMore, openTill } from '../support/screens.ts'
import { startLoneTill, type LoneTill } from './lone-till.ts'
import type { Shoot } from './shoot.ts'

const ADMIN = '1234'
const MANAGER = '2222'
const CASHIER = '3333'

interface Scene {
  readonly till: LoneTill
  readonly page: Page
  /** The kitchen's screen: as long as it is there, somebody sees what is sent. */
  readonly cook: Page
  /** A picture of what the page shows now. */
  readonly take: (name: string) => Promise<void>
}

/**
 * What a till shows more rarely than its sheets at rest: forms half filled in, what went wrong, and what
 * comes over the whole screen. Each scene begins at a fresh page; one that fails is told at the end, and
 * the others are taken.
 */
export async function shootStates(browser: Browser, shoot: Shoot): Promise<void> {
  const till = await startLoneTill('states')
  const failed: string[] = []
  try {
    await prepare(browser, till)
    const cook = await openKitchen(browser, till)
    for (const [name, { pin, play }] of Object.entries(SCENES)) {
      const page = await openTill(browser, till, pin)
      page.setDefaultTimeout(10_000)
      try {
        await play({ till, page, cook, take: (shot) => shoot('states', shot, page) })
      } catch (error) {
        failed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
      }
      await page.close()
    }
  } finally {
    await till.close()
  }
  if (failed.length > 0) throw new Error(`Not all scenes were taken.\n${failed.join('\n')}`)
}

const order = (page: Page): Locator => page.getByRole('complementary', { name: 'Order' })
const menu = (page: Page): Locator => page.getByRole('group', { name: /^Menu/ })
const sheet = (page: Page): Locator => page.getByRole('dialog').last()
const press = (within: Page | Locator, name: string | RegExp): Promise<void> =>
  within
    .getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })
    .first()
    .click()
const keys = async (within: Page | Locator, digits: string): Promise<void> => {
  for (const digit of digits) await press(within, digit)
}

async function category(page: Page, name: string): Promise<void> {
  await press(page.getByRole('navigation', { name: 'Categories' }), name)
}

/** These of the burgers, into the order in hand or a new one. */
async function ringUp(page: Page, ...names: readonly string[]): Promise<void> {
  await category(page, 'Burgers')
  for (const name of names) {
    await press(menu(page), new RegExp(`^${name}`))
    await order(page)
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .waitFor()
  }
}

async function openOrder(page: Page, number: string): Promise<void> {
  await press(page, /^Open orders/)
  await press(page.getByRole('list', { name: 'Open orders' }), new RegExp(number))
  await order(page)
    .getByRole('heading', { name: new RegExp(number) })
    .waitFor()
}

const burger = { menu_item_id: 'burger-classic', quantity: 1, modifiers: ['no_onions'] }
const bacon = { menu_item_id: 'burger-bacon', quantity: 2, modifiers: ['extra_cheese'] }

type Play = (scene: Scene) => Promise<void>
const SCENES: Readonly<Record<string, { readonly pin: string; readonly play: Play }>> = {
  menu: {
    pin: MANAGER,
    play: async ({ page, take }) => {
      await category(page, 'Burgers')
      await page.keyboard.press('3')
      await take('menu-quantity')
      await page.keyboard.press('Escape')
      await press(menu(page), /^House burger/)
      await order(page)
        .getByRole('button', { name: /House burger/ })
        .click()
      await sheet(page).waitFor()
      const toppings = sheet(page).getByRole('group', { name: 'Toppings' })
      await press(toppings, /Lettuce/)
      await press(toppings, 'On the side')
      await press(toppings, /House sauce/)
      await take('item-preparations')
      await press(sheet(page), 'Close')
      await press(menu(page), /^Burger menu/)
      await sheet(page).waitFor()
      await take('combo')
      await press(sheet(page), 'Close')
      await press(menu(page), /^Open food/)
      await sheet(page).getByRole('textbox', { name: 'What is it?' }).fill('Birthday cake')
      await keys(sheet(page).getByRole('group', { name: 'Price' }), '250')
      await take('open-item')
      await press(sheet(page), 'Close')
      await menu(page)
        .getByRole('button', { name: /^Bacon burger/ })
        .click({ button: 'right' })
      await sheet(page).waitFor()
      await take('cell')
      await press(sheet(page), 'Close')
      await press(page, 'Search')
      await page.keyboard.type('quinoa', { delay: HAND_MS })
      await take('search-none')
    },
  },
  steps: {
    pin: MANAGER,
    play: async ({ page, take }) => {
      await category(page, 'Grill & plates')
      await menu(page).getByRole('button').first().click()
      await sheet(page).waitFor()
      await take('item-required')
      await press(sheet(page), 'Close')
      await press(page, 'Tables')
      await take('tables-choose')
      await sheet(page)
        .getByRole('button', { name: /^Table 6/ })
        .click()
      const courses = order(page).getByRole('group', { name: 'Course' })
      await press(courses, 'Starters')
      await ringUp(page, 'Classic')
      await press(courses, 'Mains')
      await press(order(page), 'Choose a seat')
      await take('seats')
      await press(order(page), 'Seat 2')
      await press(menu(page), /^Bacon/)
      await press(order(page), 'Hold Mains')
      await take('courses-held')
      await press(order(page), 'Details')
      await sheet(page).waitFor()
      await sheet(page).getByRole('textbox', { name: 'Note for the kitchen' }).fill('Nut allergy')
      await press(sheet(page), '18 %')
      await take('details')
      await press(sheet(page), 'Close')
      await press(order(page), 'Send')
      await press(page, /^Table 6/)
      await take('course-to-fire')
    },
  },
  lines: {
    pin: MANAGER,
    play: async ({ till, page, take }) => {
      const sent = await till.send({
        order_type: 'dine_in',
        table_number: '3',
        items: [bacon, burger, burger],
      })
      await till.ask('DELETE', `/orders/${sent.id}/items/${sent.items[1]?.id}?reason=Dropped`)
      await openOrder(page, sent.order_number)
      await press(order(page), /Bacon burger/)
      await press(sheet(page), 'On the house')
      await press(sheet(page), 'Long wait')
      await take('comp')
      await press(sheet(page), 'Serve it for nothing')
      await order(page).getByText('On the house: Long wait').waitFor()
      await press(menu(page), /^Soup/)
      await order(page).getByRole('button', { name: /Soup/ }).click()
      await press(sheet(page), 'Remove')
      await page.getByText('Soup of the day removed').waitFor()
      await take('undo')
    },
  },
  discount: {
    pin: CASHIER,
    play: async ({ page, take }) => {
      await ringUp(page, 'Classic', 'Bacon')
      await press(order(page), 'Discount')
      await take('discount-first')
      await press(sheet(page), 'Another percentage')
      await keys(sheet(page), '12')
      await take('discount-percent')
      await press(sheet(page), 'Amount')
      await keys(sheet(page), '500')
      await press(sheet(page), 'Long wait')
      await take('discount-amount')
    },
  },
  takeout: {
    pin: MANAGER,
    play: async ({ page, take }) => {
      await ringUp(page, 'Classic')
      await press(order(page), 'Delivery')
      await press(order(page), /^Add customer/)
      await sheet(page).getByRole('textbox', { name: 'Phone' }).fill('5550100')
      await press(sheet(page), 'Find customer')
      await sheet(page).getByText('Ann Lee').first().waitFor()
      await take('customer-found')
      await press(sheet(page), 'Save customer')
      await take('customer-fault')
      await press(sheet(page), 'Close')
      await press(page, /^Open orders/)
      await press(sheet(page), 'By time')
      await take('coming-up')
      await press(sheet(page), 'Close')
      await press(page.getByRole('banner'), /^Inbox/)
      await press(sheet(page), /^Refuse/)
      await take('inbox-refuse')
    },
  },
  checks: {
    pin: MANAGER,
    play: async ({ page, take }) => {
      await ringUp(page, 'Classic', 'Bacon', 'Cheeseburger')
      await press(order(page), /^Pay/)
      await press(sheet(page), 'Split')
      await press(sheet(page), 'By amount')
      await keys(sheet(page), '1200')
      await take('split-amount')
      await press(sheet(page), 'By amount')
      await press(sheet(page), /^2 ×/)
      await press(sheet(page), 'Split')
      await take('split-checks')
      await press(sheet(page), 'Sell voucher')
      await keys(sheet(page), '5000')
      await press(sheet(page), 'Add voucher to the bill')
      await sheet(page).getByRole('status').first().waitFor()
      await take('voucher-sold')
      await press(sheet(page), 'Close')
      await openMore(page, 'Gift vouchers')
      await sheet(page)
        .getByRole('group', { name: 'The newest' })
        .getByRole('button')
        .first()
        .click()
      await take('voucher-found')
    },
  },
  cards: {
    pin: CASHIER,
    play: async ({ till, page, take }) => {
      await ringUp(page, 'Classic', 'Bacon')
      await press(order(page), 'Takeout')
      await press(order(page), /^Pay/)
      await press(sheet(page), 'Card')
      await press(sheet(page), '10% tip')
      await take('card')
      till.cardFaults.push('declined', 'partial')
      await press(sheet(page), /^Ask for card/)
      await sheet(page).getByText('Present the card at the terminal').waitFor()
      await take('card-asked')
      await sheet(page).getByText('The card was declined').waitFor()
      await take('card-declined')
      await press(sheet(page), /^Try again/)
      await press(sheet(page), /^Ask for card/)
      await sheet(page)
        .getByText(/^Approved for less/)
        .waitFor()
      await take('card-partial')
    },
  },
  clock: {
    pin: CASHIER,
    play: async ({ page, take }) => {
      await press(page, /^Sign out/)
      await press(page, /^Sam/)
      await keys(page.getByRole('group', { name: 'PIN' }), '0000')
      await page.getByText(/^Wrong PIN/).waitFor()
      await take('pin-wrong')
      await press(page, 'Clock in or out')
      await press(page, /^Kofi/)
      await keys(page.getByRole('group', { name: 'PIN' }), '4444')
      await page
        .getByText(/^Kofi Mensah/)
        .last()
        .waitFor()
      await take('clocking')
      await press(page, 'Clock in')
      await page.getByText(/at work since/).waitFor()
      await take('clocked-in')
    },
  },
  drawer: {
    pin: MANAGER,
    play: async ({ page, take }) => {
      await openMore(page, 'Cash drawer')
      await keys(sheet(page), '10000')
      await take('drawer-open')
      await press(sheet(page), 'Open with $100.00')
      await sheet(page).getByText('Opened at').waitFor()
      await press(sheet(page), 'Paid out')
      await keys(sheet(page), '1200')
      await press(sheet(page), 'Supplies')
      await take('drawer-paid-out')
      await press(sheet(page), 'Pay out $12.00')
      await sheet(page).getByText('-$12.00').waitFor()
      await take('drawer-moved')
      await openMore(page, 'Reports')
      await sheet(page)
        .getByText(/as it stands$/)
        .waitFor()
      await take('reports')
      await press(sheet(page), /^Correct/)
      await sheet(page).getByRole('textbox', { name: 'Reason' }).scrollIntoViewIfNeeded()
      await take('reports-hours')
      await openMore(page, 'Cash drawer')
      await press(sheet(page), 'Count and close')
      await keys(sheet(page), '5000')
      await take('drawer-count')
      await press(sheet(page), /^Close with/)
      await sheet(page)
        .getByText(/short$/)
        .waitFor()
      await take('drawer-closed')
    },
  },
  stock: {
    pin: MANAGER,
    play: async ({ page, take }) => {
      await openMore(page, 'Stock')
      await sheet(page).getByRole('listitem').first().waitFor()
      await press(sheet(page), 'Waste')
      await sheet(page)
        .getByRole('textbox', { name: /What was thrown/ })
        .fill('2')
      await take('stock-waste')
    },
  },
  settings: {
    pin: ADMIN,
    play: async ({ page, take }) => {
      await openMore(page, 'Settings')
      const sections = sheet(page).getByRole('group', { name: 'Settings' }).getByRole('button')
      const count = await sections.count()
      for (let place = 0; place < count; place += 1) {
        await sections.nth(place).click()
        await take(`settings-${place + 1}`)
      }
    },
  },
  quick: {
    pin: CASHIER,
    play: async ({ page, take }) => {
      await openMore(page, 'Quick service')
      await sheet(page).getByRole('button', { name: 'Quick service' }).scrollIntoViewIfNeeded()
      await take('mode')
      await press(sheet(page), 'Close')
      await ringUp(page, 'Classic', 'Bacon')
      await take('quick')
      await press(order(page), 'Name or pager')
      await sheet(page).waitFor()
      await take('quick-pager')
      await press(sheet(page), 'Close')
      await press(order(page), /^Exact cash/)
      await order(page).getByRole('status', { name: 'Paid' }).waitFor()
      await take('quick-paid')
    },
  },
  alerts: {
    pin: MANAGER,
    play: async ({ page, take }) => {
      await press(page.getByRole('banner'), /^To look at/)
      await sheet(page).waitFor()
      await take('alerts')
    },
  },
  training: {
    pin: MANAGER,
    play: async ({ page, take }) => {
      await openMore(page, 'Settings')
      await press(sheet(page), 'Training')
      await press(sheet(page), 'Begin a training')
      await page.getByText('TRAINING – nothing here is real').waitFor()
      await take('training-sign-in')
      await press(page, /^Maria/)
      await keys(page.getByRole('group', { name: 'PIN' }), MANAGER)
      await ringUp(page, 'Classic')
      await take('training')
      await openMore(page, 'Settings')
      await press(sheet(page), 'Training')
      await press(sheet(page), 'End the training')
      await page.getByText('TRAINING – nothing here is real').waitFor({ state: 'detached' })
    },
  },
  idle: {
    pin: CASHIER,
    play: async ({ till, page, take }) => {
      const rules = await till.ask<object>('GET', '/till-rules')
      await till.ask('PUT', '/till-rules', { ...rules, sign_out_after_minutes: 1 })
      await ringUp(page, 'Classic')
      await page.getByText(/^Nobody/).waitFor({ timeout: 60_000 })
      await take('idle')
      await till.ask('PUT', '/till-rules', rules)
    },
  },
  alarm: {
    pin: CASHIER,
    play: async ({ page, cook, take }) => {
      await cook.close()
      await ringUp(page, 'Classic')
      await press(order(page), 'Takeout')
      await press(order(page), 'Send')
      await page.getByRole('region', { name: 'Not seen by the kitchen' }).waitFor()
      await take('unseen')
    },
  },
  silent: {
    pin: CASHIER,
    play: async ({ till, page, take }) => {
      await ringUp(page, 'Classic')
      await till.kill()
      await page
        .getByText(/this till/i)
        .first()
        .waitFor({ timeout: 30_000 })
      await take('silent')
    },
  },
}

/** What the demo has none of: an open item, preparations, pictures, a voucher, a guest who is known. */
async function prepare(browser: Browser, { ask, send }: LoneTill): Promise<void> {
  const change = (kind: string, id: string, value: object) =>
    ask('POST', '/menu/changes', { changes: [{ kind, id, value }] })
  await change('modifier_group', 'toppings', {
    name: 'Toppings',
    position: 9,
    min: 0,
    max: 3,
    preparations: ['no', 'extra', 'side'],
    modifiers: [
      { id: 'lettuce', name: 'Lettuce', price: 0, standard: true },
      { id: 'top_sauce', name: 'House sauce', price: 50 },
      { id: 'top_cheese', name: 'Blue cheese', price: 150, extra_price: 100 },
    ],
  })
  const common = { category_id: 'burgers', tax_rate_id: 'sales', station_id: 'grill' }
  const house = { ...common, name: 'House burger', price: 1_400, modifier_group_ids: ['toppings'] }
  await change('menu_item', 'house-burger', { ...house, position: 10 })
  const open = { ...common, name: 'Open food', price: 0, modifier_group_ids: [], open: true }
  await change('menu_item', 'open-food', { ...open, position: 11 })
  const page = await browser.newPage()
  for (const [id, colour] of [
    ['burger-classic', '#8a4b1f'],
    ['burger-veggie', '#3f7d3a'],
  ] as const) {
    const data = await page.evaluate(paint, colour)
    const { id: picture_id } = await ask<{ id: string }>('POST', '/menu/pictures', { data })
    await change('item_picture', id, { picture_id })
  }
  await page.close()
  const ann = { name: 'Ann Lee', phone: '5550100' }
  await ask('POST', '/orders', { order_type: 'online', items: [burger], customer: ann })
  await send({
    order_type: 'delivery',
    items: [bacon],
    customer: { ...ann, address: '12 Quay Street, 2nd floor' },
  })
  await ask('POST', '/orders', {
    order_type: 'takeout',
    items: [burger],
    customer: { name: 'Theo' },
    scheduled_for: new Date(Date.now() + 3 * 3_600_000).toISOString(),
  })
}

/** Something round on a plate, as a photograph of it would be sent. Runs in the page. */
function paint(colour: string): string {
  const canvas = document.createElement('canvas')
  canvas.width = 320
  canvas.height = 240
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('nothing can be painted here')
  const disc = (radius: number, fill: string) => {
    context.fillStyle = fill
    context.beginPath()
    context.arc(160, 120, radius, 0, 2 * Math.PI)
    context.fill()
  }
  context.fillStyle = '#d9d2c5'
  context.fillRect(0, 0, 320, 240)
  disc(100, '#ffffff')
  disc(66, colour)
  return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
}
