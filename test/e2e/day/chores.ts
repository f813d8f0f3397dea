import type { DishName } from './card.ts'
import { CARD } from './card.ts'
import { shoot } from './shots.ts'
import {
  beginning,
  button,
  closeSheet,
  menuOf,
  openMore,
  sheetOf,
  topBar,
  type Till,
} from './till.ts'

/** What a manager does at a till between two guests. */

async function openCell(till: Till, name: DishName): Promise<void> {
  await showPage(till, CARD[name].page)
  await menuOf(till)
    .getByRole('button', { name: beginning(name) })
    // What is off the menu cannot be sold, and can be held or pressed with the right button all the same.
    .click({ button: 'right', force: true })
}

async function showPage(till: Till, page: string): Promise<void> {
  await button(till.page.getByRole('navigation', { name: 'Categories' }), page).click()
  till.menuPage = page
}

export async function takeOff(till: Till, name: DishName): Promise<void> {
  await openCell(till, name)
  await button(sheetOf(till, name), 'Sold out (86)').click()
  await sees86(till, name)
}

export async function putBack(till: Till, name: DishName): Promise<void> {
  await openCell(till, name)
  await button(sheetOf(till, name), 'Back on the menu').click()
}

/** It stands in front of all categories then. */
export async function favour(till: Till, name: DishName): Promise<void> {
  await openCell(till, name)
  const sheet = sheetOf(till, name)
  await button(sheet, 'Put among the favourites').click()
  await button(sheet, 'Take from the favourites').waitFor()
  await closeSheet(sheet)
}

/** So many orders are promised for a quarter of an hour, and no more. */
export async function promiseAtMost(till: Till, orders: number): Promise<void> {
  const sheet = await openMore(till, 'Settings')
  await button(sheet, 'Promises').click()
  const most = sheet.getByRole('textbox', { name: 'Most orders in a quarter of an hour' })
  await most.fill(String(orders))
  await button(sheet, 'Save').click()
  await sheet.getByText('Saved').waitFor()
  await closeSheet(sheet)
}

/** Also at the other till, as soon as it has heard. */
export async function sees86(till: Till, name: DishName): Promise<void> {
  await showPage(till, CARD[name].page)
  await menuOf(till)
    .getByRole('button', { name: beginning(name) })
    .filter({ hasText: '86’d' })
    .waitFor()
}

/** The till proposes ten; there are fewer. */
export async function countDownFrom(till: Till, name: DishName, left: number): Promise<void> {
  await openCell(till, name)
  const sheet = sheetOf(till, name)
  for (let count = 10; count > left; count -= 1) await button(sheet, 'One less').click()
  await button(sheet, `Count down from ${left}`).click()
  await seesStock(till, name, `${left} left`)
}

export async function seesStock(till: Till, name: DishName, words: string): Promise<void> {
  await showPage(till, CARD[name].page)
  await menuOf(till)
    .getByRole('button', { name: beginning(name) })
    .filter({ hasText: words })
    .waitFor()
}

export async function sell(till: Till, way: 'Quick service' | 'With tables'): Promise<void> {
  await topBar(till).getByRole('button', { name: /^More/ }).click()
  const sheet = sheetOf(till, 'More')
  await button(sheet, way).click()
  await closeSheet(sheet)
}

/** Everybody has eaten, paid and gone. */
export async function seesNothingOpen(till: Till): Promise<void> {
  await topBar(till)
    .getByRole('button', { name: /^Open orders/ })
    .click()
  const sheet = sheetOf(till, 'Open orders')
  await sheet.getByText('No open orders.').waitFor()
  await closeSheet(sheet)
}

/** The store's devices disagree about an order: the money that is too much is given back. */
export async function settle(till: Till, number: string, refund: string): Promise<void> {
  await till.page.getByRole('button', { name: /^To settle 1/ }).click()
  const found = till.page.getByRole('article', { name: new RegExp(`^${number}: Paid`) })
  await found.waitFor()
  await shoot(till.page, 'to-settle')
  await button(found, `Refund ${refund}`).click()
  await till.page.getByText('Nothing to settle.').waitFor()
  await closeSheet(sheetOf(till, 'To settle'))
}

/** How the day stands, on paper: it closes nothing. */
export async function printX(till: Till): Promise<void> {
  const sheet = await openMore(till, 'Reports')
  await button(sheet, 'Print X report').click()
  await till.page.getByText('The X report prints').waitFor()
  await closeSheet(sheet)
}

/** Before today there was nothing. */
export async function seesNoDayBefore(till: Till): Promise<void> {
  const sheet = sheetOf(till, 'Reports')
  await button(sheet, 'Day before').click()
  await sheet.getByText('Nothing was sold.').waitFor()
  await closeSheet(sheet)
}

/** On paper, once the drawer of this till is counted. */
export async function printZ(till: Till): Promise<void> {
  await button(sheetOf(till, 'Reports'), 'Print Z report').click()
  await till.page.getByText('The Z report prints').waitFor()
}
