import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { setTheme } from '../support/accessible.ts'

export const FOLDER = join(import.meta.dirname, '../../shots')

/** Pictures of what a page shows now, in every size and theme of its part. */
export type Shoot = (part: string, name: string, page: Page) => Promise<void>

export const SIZES = [
  [1024, 600],
  [1366, 768],
  [1920, 1080],
] as const
const THEMES = ['light', 'dark'] as const
/** Longer than anything moves. */
const SETTLE_MS = 150

interface ShootOptions {
  readonly sizes?: readonly (readonly [number, number])[]
  readonly themes?: readonly ('light' | 'dark')[]
}

/** `shots/till/1024x600-light/pay-cash.png` and so on. The page is left as it was found. */
export function createShoot({ sizes = SIZES, themes = THEMES }: ShootOptions = {}): Shoot {
  return async (part, name, page) => {
    const before = page.viewportSize()
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height })
      for (const theme of themes) {
        await setTheme(page, theme)
        await page.waitForTimeout(SETTLE_MS)
        const folder = join(FOLDER, part, `${width}x${height}-${theme}`)
        mkdirSync(folder, { recursive: true })
        await page.screenshot({ path: join(folder, `${name}.png`) })
      }
    }
    await setTheme(page, 'light')
    if (before !== null) await page.setViewportSize(before)
  }
}
