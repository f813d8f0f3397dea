import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { DEMO_STAFF } from '../../main/demo/house.ts'
import { defaultConfig } from '../../main/config.ts'
import { startTerminal, type Terminal } from '../../main/terminal/terminal.ts'
import { PAIRING_CODE_TTL_MS } from '../../protocol/limits.ts'
import type { ShownPairingCode, TerminalMessage } from '../../protocol/screens.ts'
import { createProcesses, type Processes } from '../support/processes.ts'

const CASHIER = '3333'
const MANAGER = '2222'
const ADMIN = '1234'
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

let processes: Processes
const running: Terminal[] = []

beforeAll(() => {
  processes = createProcesses()
})
afterAll(async () => {
  for (const terminal of running) await terminal.stop()
  await processes.close()
})

async function run(dataDir: string): Promise<Terminal> {
  const started = await startTerminal({
    dataDir,
    role: null,
    api: '127.0.0.1:0',
    https: false,
    peer: '127.0.0.1:0',
    discovery: false,
    connect: [],
    central: null,
    config: defaultConfig(),
    logger: quiet,
  })
  if (!started.ok) throw new Error(started.error)
  running.push(started.value)
  return started.value
}

async function found(): Promise<Terminal> {
  const dir = join(await processes.folder('founder'), 'till')
  await processes.run(['store', 'create', '--data', dir, '--name', 'Test', '--demo'])
  return run(dir)
}

/** What `aura pair --join` says, and the folder of the device that joined. */
async function joinBy(shown: ShownPairingCode, name: string) {
  const dir = join(await processes.folder('joiner'), 'till')
  const { code, addresses } = shown
  const joining = ['--join', addresses[0]!, '--code', code, '--name', name]
  return { dir, done: await processes.run(['pair', '--data', dir, ...joining]) }
}

type Answer = Extract<TerminalMessage, { type: 'answer' }>

const signInWith = (pin: string) => {
  const staffId = DEMO_STAFF.find((staff) => staff.pin === pin)?.id
  return { type: 'signIn', staffId, pin }
}

/** A till's screen that remembers what it was told. */
async function openScreen(terminal: Terminal, pin: string | null) {
  const socket = new WebSocket(`${terminal.ready.api.replace('http', 'ws')}/screens`)
  const heard: TerminalMessage[] = []
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as TerminalMessage))
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'hello', protocol: 1, screen: 'pos' }))
  const until = async <M extends TerminalMessage>(
    isIt: (message: TerminalMessage) => message is M,
  ): Promise<M> => {
    for (;;) {
      const found_ = heard.findLast(isIt)
      if (found_) return found_
      await once(socket, 'message')
    }
  }
  let calls = 0
  const call = (message: object): Promise<Answer> => {
    const callId = (calls += 1)
    socket.send(JSON.stringify({ ...message, callId }))
    return until((m): m is Answer => m.type === 'answer' && m.callId === callId)
  }
  if (pin !== null) expect(await call(signInWith(pin))).toMatchObject({ ok: true })
  return { call, until, close: () => socket.close() }
}

type Screen = Awaited<ReturnType<typeof openScreen>>

const showCode = (screen: Screen) => screen.call({ type: 'showPairingCode' })
const revoke = (screen: Screen, deviceId: string) =>
  screen.call({ type: 'revokeDevice', commandId: `revoke-${deviceId}`, deviceId })

const isCatalogWith =
  (kind: 'device' | 'revocation', count: number) =>
  (m: TerminalMessage): m is Extract<TerminalMessage, { type: 'catalog' }> =>
    m.type === 'catalog' && m.catalog[kind].length === count

describe('from a screen', () => {
  test.each([
    ['a till without a PIN', null, 'not_signed_in'],
    ['a cashier', CASHIER, 'not_allowed'],
  ])('[P1] %s lets no device in and removes none', async (_who, pin, code) => {
    const terminal = await found()
    const screen = await openScreen(terminal, pin)
    expect(await showCode(screen)).toMatchObject({ ok: false, error: { code } })
    expect(await revoke(screen, terminal.ready.device_id)).toMatchObject({
      ok: false,
      error: { code },
    })
    screen.close()
  })

  test('[P1] a manager lets in a device, which joins by what the screen shows, and removes it', async () => {
    const terminal = await found()
    const own = terminal.ready.device_id
    const manager = await openScreen(terminal, MANAGER)
    const onlooker = await openScreen(terminal, null)
    expect(await revoke(manager, own)).toMatchObject({ error: { code: 'last_device' } })
    expect(await revoke(manager, 'nobody')).toMatchObject({ error: { code: 'device_not_found' } })

    const before = Date.now()
    const answer = await showCode(manager)
    expect(answer).toMatchObject({ ok: true, value: { addresses: [terminal.ready.peer] } })
    const shown = (answer as Answer & { value: ShownPairingCode }).value
    expect(shown.code).toMatch(/^\d{8}$/)
    expect(shown.expiresAtMs - before).toBeGreaterThanOrEqual(PAIRING_CODE_TTL_MS)
    const { dir, done } = await joinBy(shown, 'Till 2')
    expect(done).toMatchObject({ status: 0 })
    const { catalog } = await onlooker.until(isCatalogWith('device', 2))
    const [joinedId] = catalog.device.find(([, { name }]) => name === 'Till 2')!
    expect(new Map(catalog.device).get(joinedId)).toMatchObject({ code: 'B', admittedBy: own })

    const joined = await run(dir)
    expect(joined.ready.device_id).toBe(joinedId)
    const removed = await openScreen(joined, null)
    await removed.until(isCatalogWith('device', 2))
    expect(await revoke(manager, joinedId)).toMatchObject({ ok: true, value: null })
    // Sent again, as after a broken connection: it is done already.
    expect(await revoke(manager, joinedId)).toMatchObject({ ok: true, value: null })
    const after = await onlooker.until(isCatalogWith('revocation', 1))
    expect(after.catalog.revocation).toMatchObject([[joinedId, { revokedBy: own }]])
    await removed.until(
      (m): m is Extract<TerminalMessage, { type: 'status' }> =>
        m.type === 'status' && m.status.revoked,
    )
    expect(await removed.call(signInWith(ADMIN))).toMatchObject({ ok: true })
    for (const said of [await showCode(removed), await revoke(removed, own)]) {
      expect(said).toMatchObject({ ok: false, error: { code: 'removed_from_store' } })
    }
    for (const screen of [manager, onlooker, removed]) screen.close()
  })

  test('[P1] of two codes shown by an admin only the later one lets a device in', async () => {
    const terminal = await found()
    const screen = await openScreen(terminal, ADMIN)
    const codes = [await showCode(screen), await showCode(screen)] as (Answer & {
      value: ShownPairingCode
    })[]
    const [first, second] = codes.map(({ value }) => value)
    expect(first!.code).not.toBe(second!.code)
    expect((await joinBy(first!, 'Late')).done).toMatchObject({ status: 1 })
    expect((await joinBy(second!, 'In time')).done).toMatchObject({ status: 0 })
    await screen.until(isCatalogWith('device', 2))
    screen.close()
  })
})
