import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const FOLDER = process.env['AURA_SHOTS']

/** With `AURA_SHOTS=dir` the stations of the day can be looked at afterwards. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return
  await mkdir(FOLDER, { recursive: true })
  await page.screenshot({ path: join(FOLDER, `day-${name}.png`) })
}
