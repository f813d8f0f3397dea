import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { buildDesktop } from '../../main/desktop/build.ts'
import { verifyIn } from '../support/device-files.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { sendBurger, signIn } from '../support/screens.ts'

/** The same as in desktop.test.ts with Electron itself, on a machine that has its binary. */
const ELECTRON = join('node_modules', 'electron')
const binary = (): string | undefined => {
  const named = join(ELECTRON, 'path.txt')
  if (!existsSync(named)) return undefined
  const file = join(ELECTRON, 'dist', readFileSync(named, 'utf8').trim())
  return existsSync(file) ? file : undefined
}

let processes: Processes | undefined
let app: ElectronApplication | undefined
afterAll(async () => {
  await app?.close()
  await processes?.close()
})

test.skipIf(binary() === undefined)('Electron opens the till and sells an order', async () => {
  processes = createProcesses()
  const data = join(await processes.folder('electron'), 'till')
  await processes.run(['store', 'create', '--data', data, '--name', 'Corner', '--demo'])
  await buildDesktop(join('dist', 'desktop'))
  const places = ['--data', data, '--peer', '127.0.0.1:0', '--no-discovery']
  // Root has no sandbox at all.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const electron = { executablePath: binary()!, args: [...asRoot, '.', ...places] }
  app = await _electron.launch(electron)
  const page = await app.firstWindow()
  await signIn(page, '1234')
  expect(await sendBurger(page)).toBe('A-001')
  expect(await page.evaluate('typeof require + typeof process')).toBe('undefinedundefined')
  await app.close()
  expect(await verifyIn(data)).toMatchObject({ ok: true })
})
