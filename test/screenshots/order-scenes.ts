import { HAND_MS } from '../support/every-screen.ts'
import { openMore } from '../support/screens.ts'
import { bacon, burger } from './wishes.ts'
import {
  CASHIER,
  MANAGER,
  category,
  keys,
  menu,
  openOrder,
  order,
  press,
  ringUp,
  sheet,
  type Scenes,
} from './scene.ts'

/** Ringing up, taking back, and being paid. */
export const ORDER_SCENES: Scenes = {
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
      await page.keyboard.type('lobster', { delay: HAND_MS })
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
      await press(sheet(page), '18%')
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
}
