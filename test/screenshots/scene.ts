import type { Locator, Page } from 'playwright-core'
import type { LoneTill } from './lone-till.ts'

/** Something that happens at a till, and whoever it happens to. */
interface SceneOf {
  readonly pin: string
  readonly play: (scene: Scene) => Promise<void>
}
export type Scenes = Readonly<Record<string, SceneOf>>

export const ADMIN = '1234'
export const MANAGER = '2222'
export const CASHIER = '3333'

interface Scene {
  readonly till: LoneTill
  readonly page: Page
  /** The kitchen's screen: as long as it is there, somebody sees what is sent. */
  readonly cook: Page
  /** A picture of what the page shows now. */
  readonly take: (name: string) => Promise<void>
}

export const order = (page: Page): Locator => page.getByRole('complementary', { name: 'Order' })
export const menu = (page: Page): Locator => page.getByRole('group', { name: /^Menu/ })
export const sheet = (page: Page): Locator => page.getByRole('dialog').last()
export const press = (within: Page | Locator, name: string | RegExp): Promise<void> =>
  within
    .getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })
    .first()
    .click()
export const keys = async (within: Page | Locator, digits: string): Promise<void> => {
  for (const digit of digits) await press(within, digit)
}

export async function category(page: Page, name: string): Promise<void> {
  await press(page.getByRole('navigation', { name: 'Categories' }), name)
}

/** These of the burgers, into the order in hand or a new one. */
export async function ringUp(page: Page, ...names: readonly string[]): Promise<void> {
  await category(page, 'Burgers')
  for (const name of names) {
    await press(menu(page), new RegExp(`^${name}`))
    await order(page)
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .waitFor()
  }
}

export async function openOrder(page: Page, number: string): Promise<void> {
  await press(page, /^Open orders/)
  await press(page.getByRole('list', { name: 'Open orders' }), new RegExp(number))
  await order(page)
    .getByRole('heading', { name: new RegExp(number) })
    .waitFor()
}
