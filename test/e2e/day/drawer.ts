import type { Locator } from 'playwright-core'
import { shoot } from './shots.ts'
import { button, closeSheet, openMore, sheetOf, typeAmount, type Till } from './till.ts'

/** A cash drawer from its float to its count, as the pad has it. */
export interface Drawer {
  readonly till: string
  readonly float: number
  /** Paid in, less paid out. */
  moved: number
  counted: number
}

export async function openDrawer(till: Till, float: number): Promise<Drawer> {
  const sheet = await openMore(till, 'Cash drawer')
  await typeAmount(sheet, float)
  await sheet.getByRole('button', { name: /^Open with/ }).click()
  await sheet.getByText('Opened at').waitFor()
  await closeSheet(sheet)
  return { till: till.name, float, moved: 0, counted: 0 }
}

type Move = 'Paid in' | 'Paid out'

export async function move(
  till: Till,
  drawer: Drawer,
  way: Move,
  cents: number,
  reason: string,
): Promise<void> {
  const sheet = await openMore(till, 'Cash drawer')
  await button(sheet, way).click()
  await typeAmount(sheet, cents)
  await button(sheet, reason).click()
  await sheet.getByRole('button', { name: way === 'Paid in' ? /^Pay in/ : /^Pay out/ }).click()
  drawer.moved += way === 'Paid in' ? cents : -cents
  await sheet.getByRole('group', { name: 'Amount' }).waitFor({ state: 'detached' })
  await closeSheet(sheet)
}

/** Whoever counts is not told what should be there before. */
export async function countAndClose(till: Till, drawer: Drawer, counted: number): Promise<void> {
  await count(till, drawer, counted, await openMore(till, 'Cash drawer'))
}

/** The same on the way to the report, which is the end of the day once the drawer is counted. */
export async function countForZ(till: Till, drawer: Drawer, counted: number): Promise<void> {
  await button(await openMore(till, 'Reports'), 'Count the drawer for Z').click()
  await count(till, drawer, counted, sheetOf(till, 'Cash drawer'))
}

async function count(till: Till, drawer: Drawer, counted: number, sheet: Locator): Promise<void> {
  await button(sheet, 'Count and close').click()
  await typeAmount(sheet, counted)
  await sheet.getByRole('button', { name: /^Close with/ }).click()
  drawer.counted = counted
  await sheet.getByText('Should have been').waitFor()
  await shoot(till.page, `counted-${till.name}`)
  await closeSheet(sheet)
}
