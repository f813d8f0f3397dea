import type { Locator, Page } from 'playwright-core'
import { say } from '../../renderer/words/say.ts'
import { ENTRIES } from '../../renderer/pos/more/entries.ts'

/** What is done wherever the walk stops: a picture, or a check. */
export type Visit = (name: string, page: Page) => Promise<void>

/** Between two keys of a quick hand; what comes sooner is a scanner's. */
export const HAND_MS = 50

const button = (within: Page | Locator, name: string): Locator =>
  within
    .getByRole('button', { name: new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`) })
    .first()

/** In English and in any other language: what stands on the buttons is said as the screens say it. */
export async function signInByKeys(page: Page, name: string, pin: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  await page.keyboard.type(pin, { delay: HAND_MS })
  await button(page, say('orders.open')).waitFor()
}

/**
 * Every sheet of the till, once: from the empty screen over an order that is rung up, sent and paid to
 * what stands behind “More”. Begins in front of the till and ends signed out.
 */
export async function walkTill(page: Page, visit: Visit): Promise<void> {
  await page.getByRole('group', { name: say('signIn.pin') }).waitFor()
  await visit('sign-in', page)
  await button(page, say('front.clockInOut')).click()
  await page.getByRole('group', { name: say('front.clockWho') }).waitFor()
  await visit('clock', page)
  await button(page, say('common.back')).click()
  await signInByKeys(page, 'Maria Lopez', '2222')
  await visit('empty', page)
  await search(page, visit)
  await ringUp(page, visit)
  await changeOrder(page, visit)
  await pay(page, visit)
  await orders(page, visit)
  await whatWaits(page, visit)
  await more(page, visit)
  await button(page, say('till.signOut')).click()
  await approval(page, visit)
  await button(page, say('till.signOut')).click()
}

const dialog = (page: Page): Locator => page.getByRole('dialog').last()
const order = (page: Page): Locator => page.getByRole('complementary', { name: say('order.title') })

async function close(page: Page): Promise<void> {
  await button(dialog(page), say('common.close')).click()
}

/** The tickets, and those that were bumped. */
export async function walkKitchen(page: Page, visit: Visit): Promise<void> {
  await page.getByRole('article').first().waitFor()
  await visit('tickets', page)
  for (const [key, name] of [
    ['r', 'recall'],
    ['a', 'all-day'],
    ['s', 'settings'],
  ] as const) {
    await page.keyboard.press(key)
    await visit(name, page)
    await page.keyboard.press(key)
  }
  await page.keyboard.press('a')
  await visit('all-day', page)
  await page.keyboard.press('s')
  await visit('settings', page)
  await button(dialog(page), say('kitchen.expo')).click()
  await page.keyboard.press('Escape')
  await page.getByRole('article').first().waitFor()
  await visit('expo', page)
}

async function search(page: Page, visit: Visit): Promise<void> {
  await button(page, say('lines.search')).click()
  await dialog(page).waitFor()
  await page.keyboard.type('bu', { delay: HAND_MS })
  await dialog(page)
    .getByRole('button', { name: /burger/ })
    .first()
    .waitFor()
  await visit('search', page)
  await close(page)
}

/** Orders from outside and what is to be settled: in the bar only while there is any. */
async function whatWaits(page: Page, visit: Visit): Promise<void> {
  for (const [name, word] of [
    ['inbox', say('front.inbox')],
    ['settle', say('settle.title')],
  ] as const) {
    const toggle = button(page.getByRole('banner'), word)
    if ((await toggle.count()) === 0) continue
    await toggle.click()
    await dialog(page).waitFor()
    await visit(name, page)
    await close(page)
  }
}

/** A cashier wants what takes a manager. */
async function approval(page: Page, visit: Visit): Promise<void> {
  await signInByKeys(page, 'Sam Chen', '3333')
  await button(page, 'Burgers').click()
  await button(page.getByRole('group', { name: /Burgers/ }), 'Classic').click()
  await order(page)
    .getByRole('button', { name: /Classic burger/ })
    .waitFor()
  await button(order(page), say('order.discount')).click()
  const shares = dialog(page).getByRole('group', { name: say('discount.discount') })
  await shares.getByRole('button').first().click()
  await button(dialog(page), say('reason.regular')).click()
  await dialog(page).getByRole('button').last().click()
  await page.getByRole('dialog', { name: say('approval.title') }).waitFor()
  await visit('approval', page)
  await close(page)
}

/** Where there is a terminal: a card is asked for, and the guest thinks better of it. */
async function card(page: Page, visit: Visit): Promise<void> {
  const way = button(dialog(page), say('pay.card'))
  if ((await way.count()) === 0) return
  await way.click()
  await visit('pay-card', page)
  await dialog(page)
    .getByRole('button', { name: new RegExp(`^${say('pay.askCard', { amount: '' }).trim()}`) })
    .click()
  await dialog(page).getByText(say('pay.present')).waitFor()
  await visit('pay-card-asked', page)
  await button(dialog(page), say('pay.cancel')).click()
  await button(dialog(page), say('pay.tryAgain')).click()
}

async function ringUp(page: Page, visit: Visit): Promise<void> {
  await button(page, 'Burgers').click()
  const menu = page.getByRole('group', { name: /Burgers/ })
  for (const item of ['Classic', 'Bacon burger', 'Kids burger']) await button(menu, item).click()
  const line = order(page).getByRole('button', { name: /Classic burger/ })
  await line.waitFor()
  await visit('order', page)
  await line.click()
  await dialog(page).waitFor()
  await visit('item', page)
  await close(page)
  await button(page, say('orders.tables')).click()
  await dialog(page).waitFor()
  await visit('tables', page)
  await button(dialog(page), say('floor.edit')).click()
  await dialog(page).getByText(say('floor.editingAbout')).waitFor()
  await visit('floor-plan', page)
  await page.keyboard.press('Escape')
  if ((await dialog(page).count()) > 0) await close(page)
  await button(order(page), say('trade.takeout')).click()
  await button(order(page), say('order.addCustomer')).click()
  await visit('customer', page)
  await close(page)
  await button(order(page), say('trade.dine_in')).click()
  await button(order(page), say('order.send')).click()
  await order(page).getByText(say('order.lastSentHere')).waitFor()
  await visit('sent', page)
}

async function changeOrder(page: Page, visit: Visit): Promise<void> {
  await button(page, say('orders.open')).click()
  const rows = page.getByRole('list', { name: say('orders.open') })
  await rows.waitFor()
  await visit('open-orders', page)
  await close(page)
  await order(page).getByRole('button', { name: /A-\d+/ }).first().click()
  const sheets = ['discount', 'receipt', 'move', 'cancel'] as const
  for (const sheet of sheets) {
    await button(order(page), say(`order.${sheet}`)).click()
    await dialog(page).waitFor()
    if (sheet === 'discount') await dialog(page).getByRole('button').nth(2).click()
    await visit(sheet, page)
    await close(page)
  }
  await order(page)
    .getByRole('button', { name: /Classic burger/ })
    .click()
  await visit('void', page)
  await close(page)
}

async function pay(page: Page, visit: Visit): Promise<void> {
  await button(order(page), say('order.pay')).click()
  await visit('pay-cash', page)
  await card(page, visit)
  const ways = ['voucherOther', 'split', 'sellVoucher'] as const
  for (const way of ways) {
    await button(dialog(page), say(`pay.${way}`)).click()
    await visit(`pay-${way.toLowerCase()}`, page)
  }
  await button(dialog(page), say('pay.cash')).click()
  await dialog(page)
    .getByRole('group', { name: say('pay.keypadFills') })
    .waitFor()
  await page.keyboard.type('99900', { delay: HAND_MS })
  await button(dialog(page), say('pay.takeCash')).click()
  await button(dialog(page), say('pay.nextOrder')).waitFor()
  await visit('paid', page)
  await close(page)
  await button(order(page), say('order.refund')).click()
  await visit('refund', page)
  await close(page)
  await button(page, say('order.new')).click()
}

async function orders(page: Page, visit: Visit): Promise<void> {
  await button(page, say('orders.open')).click()
  await button(dialog(page), say('orders.tabClosed')).click()
  await page
    .getByRole('textbox', { name: say('orders.find') })
    .or(page.getByRole('searchbox'))
    .first()
    .waitFor()
  await visit('closed-orders', page)
  await close(page)
}

async function more(page: Page, visit: Visit): Promise<void> {
  const open = async () => {
    await button(page.getByRole('banner'), say('till.more')).click()
    await dialog(page).waitFor()
  }
  await open()
  await visit('more', page)
  for (const { id, name } of ENTRIES) {
    const entry = button(dialog(page), say(name))
    if ((await entry.count()) === 0) continue
    await entry.click()
    if (id === 'mode86') {
      await page.getByText(say('item.hint86')).waitFor()
      await visit('mode-86', page)
      await button(page.getByRole('banner'), say('till.mode86')).click()
    } else {
      await dialog(page)
        .getByRole('heading', { name: say(name) })
        .first()
        .waitFor()
      await visit(`more-${id}`, page)
      if (id === 'printers') {
        await button(dialog(page), say('printers.add')).click()
        await visit('printer-form', page)
        await button(dialog(page), say('front.leaveAsIs')).click()
      }
      if (id === 'devices') {
        const own = dialog(page).getByRole('listitem').first()
        await own.getByRole('button').first().click()
        await button(own, say('devices.use_prep')).click()
        await visit('device-screen', page)
        await button(dialog(page), say('devices.letIn')).click()
        await dialog(page)
          .getByText(/^\d{4} \d{4}$/)
          .waitFor()
        await visit('pairing', page)
      }
      await close(page)
    }
    await open()
  }
  await close(page)
}
