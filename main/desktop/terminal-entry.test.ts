import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createProcesses, type Processes } from '../../test/support/processes.ts'
import { buildDesktop } from './build.ts'

/**
 * The bundled terminal in a plain Node process that has, in place of Electron's, a `parentPort`
 * which hands everything on to this test.
 */
const STAND_IN = `
import { EventEmitter } from 'node:events'
const shell = new EventEmitter()
shell.postMessage = (said) => process.send({ said })
process.parentPort = shell
const port = new EventEmitter()
port.postMessage = (message) => process.send({ message })
port.start = () => process.send({ isStarted: true })
port.close = () => process.send({ isClosed: true })
// As Electron's does, it keeps what comes before somebody listens.
const listening = new Promise((resolve) => shell.once('newListener', () => setImmediate(resolve)))
process.on('message', async ({ shellSays, windowSays }) => {
  await listening
  if (windowSays !== undefined) port.emit('message', { data: windowSays })
  if (shellSays !== undefined)
    shell.emit('message', { data: shellSays, ports: shellSays.type === 'screen' ? [port] : [] })
})
`

interface FromTerminal {
  readonly said?: { readonly type: string; readonly reason: string }
  readonly message?: { readonly type: string }
  readonly isStarted?: true
}

let processes: Processes
let bundle: string
let child: ChildProcess | undefined

beforeAll(async () => {
  processes = createProcesses()
  // Inside the house, so that the bundle finds the packages it leaves beside.
  bundle = await mkdtemp(join(process.cwd(), 'node_modules', '.aura-desktop-'))
  await buildDesktop(bundle)
  await writeFile(join(bundle, 'stand-in.mjs'), STAND_IN)
}, 60_000)
afterEach(() => {
  child?.kill('SIGKILL')
})
afterAll(async () => {
  await processes.close()
  await rm(bundle, { recursive: true })
})

function startTerminal(args: readonly string[]) {
  const started = fork(join(bundle, 'terminal-entry.mjs'), [...args], {
    execArgv: ['--import', join(bundle, 'stand-in.mjs')],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  child = started
  const heard: FromTerminal[] = []
  started.on('message', (message: FromTerminal) => heard.push(message))
  return { started, heard }
}

describe('the terminal inside the shell', () => {
  test('serves a window that was there before it, and stops when it is told to', async () => {
    const data = await processes.folder('till')
    const store = ['store', 'create', '--data', data, '--name', 'Corner', '--demo']
    expect(await processes.run(store)).toMatchObject({ status: 0 })

    const { started, heard } = startTerminal([
      '--data',
      data,
      '--peer',
      '127.0.0.1:0',
      '--no-discovery',
    ])
    started.send({ shellSays: { type: 'screen', screen: 'pos' } })
    await expect.poll(() => heard.some((one) => one.isStarted), { timeout: 15_000 }).toBe(true)
    started.send({ windowSays: { type: 'hello', protocol: 1, screen: 'pos' } })
    await expect
      .poll(() => heard.flatMap(({ message }) => message?.type ?? []), {
        timeout: 15_000,
      })
      .toEqual(expect.arrayContaining(['welcome', 'catalog', 'orders', 'status']))

    started.send({ shellSays: { type: 'stop' } })
    expect(await once(started, 'exit')).toEqual([0, null])
  })

  test('says why it does not run, and waits for the shell to end it', async () => {
    const data = await processes.folder('empty')
    const { started, heard } = startTerminal(['--data', data, '--api', '0.0.0.0:0'])
    await expect
      .poll(() => heard[0]?.said, { timeout: 15_000 })
      .toMatchObject({
        type: 'refused',
        reason: expect.stringContaining('127.0.0.1 alone') as string,
      })
    expect(started.exitCode).toBeNull()
  })

  test('[P1] shows a window on an empty folder how to join a store', async () => {
    const data = await processes.folder('empty')
    const { started, heard } = startTerminal(['--data', data, '--no-discovery'])
    started.send({ shellSays: { type: 'screen', screen: 'pos' } })
    await expect.poll(() => heard.some((one) => one.isStarted), { timeout: 15_000 }).toBe(true)
    started.send({ windowSays: { type: 'hello', protocol: 1, screen: 'pos' } })
    await expect
      .poll(() => heard.flatMap(({ message }) => message?.type ?? []), { timeout: 15_000 })
      .toContain('joining')
    started.send({ shellSays: { type: 'stop' } })
    expect(await once(started, 'exit')).toEqual([0, null])
  })

  test('refuses arguments that the command line would not take', async () => {
    const { heard } = startTerminal(['--nonsense'])
    await expect
      .poll(() => heard[0]?.said, { timeout: 15_000 })
      .toMatchObject({
        type: 'refused',
        reason: expect.stringContaining('--nonsense') as string,
      })
  })
})
