import { expect } from 'vitest'
import type { Locator } from 'playwright-core'
import {
  button,
  closePlan,
  findTable,
  NEW_TABLE,
  openPlan,
  sheetOf,
  tableOf,
  type Till,
} from './till.ts'

/** The dining room as the manager wants it today: by the keys, by dragging, and with a table more. */
export async function drawPlan(till: Till): Promise<void> {
  await openPlan(till)
  await button(sheetOf(till, 'Tables'), 'Edit plan').click()
  const editor = sheetOf(till, 'Floor plan')
  const [twelve, before] = await placed(editor, '12')
  await twelve.click()
  await till.page.keyboard.press('ArrowUp')
  await at(editor, '12', { ...before, row: before.row - 1 }).waitFor()
  const [eleven, old] = await placed(editor, '11')
  const box = (await eleven.boundingBox())!
  const { mouse } = till.page
  await mouse.move(box.x + 10, box.y + 10)
  await mouse.down()
  await mouse.move(box.x + 10, box.y + 10 - box.height, { steps: 4 })
  await mouse.up()
  await expect.poll(async () => (await placed(editor, '11'))[1].row).toBeLessThan(old.row)
  await button(editor, 'Add table').click()
  await button(editor, 'Save plan').click()
  await tableOf(till, NEW_TABLE).waitFor()
}

/** The other till draws the same, once it has heard. */
export async function seesPlanOf(till: Till, other: Till): Promise<void> {
  for (const table of [NEW_TABLE, '11', '12']) {
    const [here, there] = [await findTable(till, table), await findTable(other, table)]
    await expect.poll(() => here.getAttribute('style')).toBe(await there.getAttribute('style'))
  }
  await Promise.all([closePlan(till), closePlan(other)])
}

interface Place {
  readonly column: number
  readonly row: number
}

/** Where a table stands in the editor, in cells. */
async function placed(editor: Locator, table: string): Promise<[Locator, Place]> {
  const drawn = editor.getByRole('button', { name: new RegExp(`^Table ${table}, column`) })
  const name = (await drawn.getAttribute('aria-label'))!
  const [column = 0, row = 0] = [...name.matchAll(/\d+/g)].slice(1).map(Number)
  return [drawn, { column, row }]
}

const at = (editor: Locator, table: string, { column, row }: Place): Locator =>
  button(editor, `Table ${table}, column ${column}, row ${row}`)
