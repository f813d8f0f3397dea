import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { RecordSet } from '../../domain/events.ts'
import {
  goToPlace,
  openOffice,
  openOfficeHouse,
  sell,
  signInToOffice,
} from '../support/office-page.ts'
import { playDays } from '../support/office-story.ts'
import { daysBefore } from './days-before.ts'
import type { Shoot } from './shoot.ts'

/** The back office of a store that has sold for a week and a day, at every size and in both themes. */
export async function shootOffice(browser: Browser, shoot: Shoot): Promise<void> {
  const house = await openOfficeHouse()
  try {
    const { till, central, storeId } = house
    playDays(till, daysBefore(8), 30)
    const order = sell(till, { items: [['burger-bacon', 2]], table: '3', isPaid: false })
    sell(till, { items: [['burger-classic', 1]] })
    till.store.setRecords({
      id: 'more-records',
      at: new Date().toISOString(),
      actor: 'test',
      command: MORE_RECORDS,
    })
    await till.uploaded()
    const page = await openOffice(browser, central)
    await shoot('office', 'sign-in', page)
    await signInToOffice(page)
    await page.getByRole('navigation', { name: 'Back office' }).waitFor()
    const at = `#/s/${storeId}`
    const yesterday = daysBefore(1)[0] ?? ''
    const week = `from=${daysBefore(8)[0] ?? ''}&to=${yesterday}`
    const places = {
      day: `${at}?day=${yesterday}`,
      days: `${at}/reports/sales?by=day&${week}`,
      items: `${at}/reports/sales?by=item&${week}`,
      preparation: `${at}/reports/preparation?${week}`,
      exceptions: `${at}/reports/exceptions?${week}`,
      orders: `${at}/orders?${week}`,
      order: `${at}/orders/${order.id}`,
      devices: `${at}/devices`,
      conflicts: `${at}/conflicts`,
      taxes: `${at}/reports/taxes?${week}`,
      menu: `${at}/menu`,
      'sold-out': `${at}/menu/sold-out`,
      prices: `${at}/prices`,
      stock: `${at}/stock`,
      staff: `${at}/staff`,
      tables: `${at}/tables`,
      settings: `${at}/settings`,
      'changes-none': `${at}/changes`,
      users: '#/users',
      'add-store': '#/add-store',
      account: '#/account',
      nowhere: '#/nowhere',
    }
    const go = async (hash: string) => {
      await page.evaluate((next) => window.location.assign(next), hash)
      await page.waitForLoadState('networkidle')
      await page.getByText('Asking the centre').first().waitFor({ state: 'detached' })
    }
    for (const [name, hash] of Object.entries(places)) {
      await go(hash)
      await shoot('office', name, page)
    }
    for (const [name, [hash, button]] of Object.entries(FORMS)) {
      await go(`${at}/${hash}`)
      if (button !== null) await page.getByRole('button', { name: button }).first().click()
      await page.getByRole('button', { name: 'Put in the draft' }).waitFor()
      await shoot('office', `form-${name}`, page)
    }
    await go('#/users')
    await page.getByRole('button', { name: 'New user' }).click()
    await shoot('office', 'form-user', page)
    await goToPlace(page, 'Menu')
    await page.getByRole('button', { name: 'Bacon burger' }).click()
    await page.getByRole('textbox', { name: 'Price' }).fill('17.25')
    await page.getByRole('button', { name: 'Put in the draft' }).click()
    await page.getByLabel('Picture of Bacon burger').setInputFiles(PHOTOGRAPH)
    const picture = page.getByRole('group', { name: 'Picture' })
    await picture.getByRole('img').waitFor()
    await picture.scrollIntoViewIfNeeded()
    await shoot('office', 'form-picture', page)
    await goToPlace(page, 'Changes')
    await page.getByRole('button', { name: 'Make them valid now' }).waitFor()
    await shoot('office', 'changes', page)
    const north = await house.openStore('north-end', 'North End')
    sell(north, { items: [['burger-classic', 3]] })
    await north.uploaded()
    await page.reload()
    await go('#/')
    await page.getByRole('link', { name: 'North End' }).waitFor()
    await shoot('office', 'all-stores', page)
    await go(`#/s/north-end`)
    await shoot('office', 'day-small', page)
    await go('#/s/north-end/reports/sales')
    await shoot('office', 'nothing-sold', page)
  } finally {
    await house.close()
  }
}

const PHOTOGRAPH = join(import.meta.dirname, '../../main/desktop/icons/png/512x512.png')

/** What the demo menu has none of. */
const MORE_RECORDS: readonly RecordSet[] = [
  {
    type: 'record.set',
    kind: 'price_level',
    id: 'happy-hour',
    value: {
      name: 'Happy hour',
      position: 0,
      channels: ['dine_in'],
      windows: [
        { days: [1, 2, 3, 4, 5], fromMinutes: 960, toMinutes: 1080 },
        { days: [6, 7], fromMinutes: 900, toMinutes: 1440 },
      ],
      prices: [
        { itemId: 'cola-bottle', priceMinor: 250 },
        { itemId: 'soup-of-the-day', priceMinor: 500 },
      ],
      categories: [{ categoryId: 'burgers', ratePpm: 900_000 }],
    },
  },
  {
    type: 'record.set',
    kind: 'sale_times',
    id: 'breakfast',
    value: {
      name: 'Breakfast',
      itemIds: ['soup-of-the-day', 'cola-bottle'],
      categoryIds: [],
      windows: [{ days: [1, 2, 3, 4, 5, 6, 7], fromMinutes: 0, toMinutes: 1440 }],
    },
  },
  {
    type: 'record.set',
    kind: 'combo',
    id: 'burger-menu',
    value: {
      name: 'Burger menu',
      categoryId: 'burgers',
      position: 20,
      priceMinor: 1_650,
      slots: [
        {
          id: 'burger',
          name: 'Burger',
          min: 1,
          max: 1,
          choices: [
            { itemId: 'burger-classic', surchargeMinor: 0 },
            { itemId: 'burger-bacon', surchargeMinor: 150 },
          ],
        },
        {
          id: 'drink',
          name: 'Drink',
          min: 1,
          max: 1,
          choices: [{ itemId: 'cola-bottle', surchargeMinor: 0 }],
        },
      ],
    },
  },
  {
    type: 'record.set',
    kind: 'ingredient',
    id: 'beef',
    value: { name: 'Beef', unit: 'g', parMilli: 2_000_000, position: 0 },
  },
  {
    type: 'record.set',
    kind: 'item_recipe',
    id: 'burger-bacon',
    value: {
      uses: [{ ingredientId: 'beef', amountMilli: 180_000 }],
      modifiers: [
        { modifierId: 'extra_cheese', uses: [{ ingredientId: 'beef', amountMilli: -20_000 }] },
      ],
    },
  },
  {
    type: 'record.set',
    kind: 'modifier_recipe',
    id: 'extras',
    value: {
      modifiers: [
        { modifierId: 'extra_cheese', uses: [{ ingredientId: 'beef', amountMilli: 40_000 }] },
      ],
    },
  },
]

/** Where each form is, and what opens it. */
const FORMS: Readonly<Record<string, readonly [hash: string, button: string | null]>> = {
  item: ['menu/items', 'Bacon burger'],
  'price-level': ['prices/levels', 'Happy hour'],
  'sale-times': ['prices/hours', 'Breakfast'],
  combo: ['menu/combos', 'Burger menu'],
  modifiers: ['menu/groups', 'Extras'],
  course: ['menu/courses', 'New course'],
  details: ['menu/details', 'Bacon burger'],
  'channel-tax': ['prices/channels', 'Alcohol'],
  ingredient: ['stock/ingredients', 'New ingredient'],
  recipe: ['stock/recipes', 'Bacon burger'],
  'modifier-recipe': ['stock/modifiers', 'Extras'],
  'stock-rule': ['stock/rule', null],
  category: ['menu/categories', 'Burgers'],
  station: ['menu/stations', 'Grill'],
  tax: ['prices/taxes', 'Sales tax'],
  staff: ['staff', 'New person'],
  table: ['tables', 'New table'],
  room: ['tables/rooms', 'New room'],
  message: ['settings/messages', 'Order ready, English'],
  store: ['settings/store', null],
  promises: ['settings/promises', null],
  receipts: ['settings/receipts', null],
}
