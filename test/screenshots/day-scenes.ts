import { openMore } from '../support/screens.ts'
import { ADMIN, CASHIER, MANAGER, keys, order, press, ringUp, sheet, type Scenes } from './scene.ts'

/** What belongs to the day, to the store, and to what goes wrong; the last one ends the till. */
export const DAY_SCENES: Scenes = {
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
