import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { findSystemBrowser, launchBrowser, launchPackagedBrowser } from './browser.ts'

const PAGE = `data:text/html,<title>till</title><button onclick="this.textContent='rung'">ring</button>`

let browser: Browser | undefined

afterEach(async () => {
  await browser?.close()
  browser = undefined
})

async function expectToWork(opened: Browser): Promise<void> {
  const page = await opened.newPage()
  await page.goto(PAGE)
  expect(await page.title()).toBe('till')
  await page.getByRole('button').click()
  expect(await page.getByRole('button').textContent()).toBe('rung')
  // A letter has a width only where there is a font to draw it with.
  const box = await page.getByRole('button').boundingBox()
  expect(box?.width).toBeGreaterThan(20)
  expect((await page.screenshot()).length).toBeGreaterThan(1000)
}

describe('a browser for tests', () => {
  test('opens a page, and a tap on it does something', async () => {
    browser = await launchBrowser()
    await expectToWork(browser)
  }, 120_000)

  test.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'comes out of the packages where the system has none',
    async () => {
      browser = await launchPackagedBrowser()
      await expectToWork(browser)
    },
    120_000,
  )

  test('is the first one in the path that can be run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aura-path-'))
    try {
      await mkdir(join(folder, 'one'))
      await mkdir(join(folder, 'two'))
      await writeFile(join(folder, 'one', 'chromium'), 'not a program', { mode: 0o600 })
      await writeFile(join(folder, 'two', 'google-chrome'), '#!/bin/sh\n', { mode: 0o700 })
      const path = [join(folder, 'one'), '', join(folder, 'two')].join(':')
      expect(findSystemBrowser(path)).toBe(join(folder, 'two', 'google-chrome'))
      expect(findSystemBrowser(join(folder, 'one'))).toBeUndefined()
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
