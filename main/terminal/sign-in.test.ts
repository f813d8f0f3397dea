import { afterEach, expect, onTestFinished, test } from 'vitest'
import { scryptSync } from 'node:crypto'
import { openDevice, testFolder, type TestDevice } from '../api/test-store.ts'
import { pinHashOf } from '../../domain/staff.ts'
import { TRIES_OF_DEVICE, TRIES_OF_STAFF } from '../../domain/sign-in-lock.ts'
import { createPins } from '../pin.ts'
import { createSignIn } from './sign-in.ts'
import { createStaffCalls, type StaffCalls } from './staff-calls.ts'

type StaffWish = Parameters<StaffCalls['set']>[0]

const [ADMIN, MANAGER, CASHIER] = ['staff-alex', 'staff-maria', 'staff-sam']
const clock = { ms: Date.UTC(2026, 10, 20, 12) }
const nowMs = () => clock.ms
let opened: TestDevice[] = []

afterEach(async () => {
  for (const device of opened) await device.close()
  opened = []
})

async function open(dir: string, before?: TestDevice) {
  const again = before && { tokenOf: before.tokenOf, keys: before.keys }
  const device = await openDevice(dir, { name: 'A', founds: true, nowMs, ...again })
  opened.push(device)
  return device
}

async function newDevice() {
  const folder = testFolder()
  onTestFinished(folder.remove)
  return { dir: folder.dir, device: await open(folder.dir) }
}

async function guess({ people }: TestDevice, staffId: string, times: number) {
  const codes: unknown[] = []
  for (let n = 0; n < times; n += 1) {
    const answer = await people.signIn.try(staffId, '0000')
    codes.push(
      answer.ok ? 'ok' : 'triesLeft' in answer.error ? answer.error.triesLeft : answer.error.code,
    )
  }
  return codes
}

const locksIn = ({ store }: TestDevice) =>
  store.journal.newest('sign_in_locked', 10).map(({ value, actor }) => ({ value, actor }))

test('[A2] wrong PINs lock the person out, over a restart and longer each time, and the journal says so', async () => {
  const { dir, device } = await newDevice()
  expect(await guess(device, CASHIER, TRIES_OF_STAFF)).toEqual([4, 3, 2, 1, 'locked_out'])
  expect((await device.people.signIn.try(CASHIER, '3333')).ok).toBe(false)
  expect((await device.people.signIn.try(ADMIN, '1234')).ok).toBe(true)
  const until = new Date(clock.ms + 30_000).toISOString()
  expect(locksIn(device)).toEqual([
    { actor: 'device:A', value: { deviceId: 'A', staffId: CASHIER, until } },
  ])

  await device.close()
  opened = []
  const restarted = await open(dir, device)
  const locked = { code: 'locked_out', untilMs: clock.ms + 30_000, staffId: CASHIER }
  expect(await restarted.people.signIn.try(CASHIER, '3333')).toMatchObject({ error: locked })
  expect(restarted.people.signIn.locks()).toEqual([
    { staffId: CASHIER, untilMs: clock.ms + 30_000 },
  ])
  clock.ms += 30_000
  expect(restarted.people.signIn.locks()).toEqual([])
  await guess(restarted, CASHIER, TRIES_OF_STAFF)
  expect(restarted.people.signIn.locks()).toEqual([
    { staffId: CASHIER, untilMs: clock.ms + 60_000 },
  ])
  clock.ms += 60_000
  expect((await restarted.people.signIn.try(CASHIER, '3333')).ok).toBe(true)
  expect(await guess(restarted, CASHIER, 1)).toEqual([4])
})

test('[A2] guesses at many names lock the device for all but managers, and one of them lifts it', async () => {
  const { device } = await newDevice()
  const { signIn } = device.people
  const names = Array.from({ length: TRIES_OF_DEVICE }, (_, n) => `nobody-${n}`)
  for (const name of names) await signIn.try(name, '0000')
  expect(await signIn.try(CASHIER, '3333')).toMatchObject({
    error: { code: 'locked_out', staffId: null },
  })
  const wish = { commandId: 'free-1', of: null }
  expect(await signIn.free(wish, { staffId: CASHIER, pin: '3333' })).toMatchObject({
    error: { code: 'not_allowed' },
  })
  expect(await signIn.free(wish, { staffId: MANAGER, pin: '0000' })).toMatchObject({
    error: { code: 'wrong_pin', triesLeft: 4 },
  })
  expect(await signIn.free(wish, { staffId: MANAGER, pin: '2222' })).toEqual({
    ok: true,
    value: null,
  })
  expect((await signIn.try(CASHIER, '3333')).ok).toBe(true)
  expect(device.store.journal.newest('sign_in_freed', 1)).toMatchObject([
    { actor: `staff:${MANAGER}`, value: { deviceId: 'A', staffId: null } },
  ])
})

test('[A2] guesses that are sent at once are all counted before one is looked at', async () => {
  const { device } = await newDevice()
  const pins = ['1111', '5555', '6666', '7777', '8888', '9999', '3333']
  const answers = await Promise.all(pins.map((pin) => device.people.signIn.try(CASHIER, pin)))
  expect(answers.map(({ ok }) => ok)).toEqual(pins.map(() => false))
})

test('[A1] a PIN from before is hashed anew at the sign-in, apart from the person, who may change meanwhile', async () => {
  const { device } = await newDevice()
  const { store, people } = device
  const salt = Buffer.alloc(16, 7)
  const old = `${salt.toString('hex')}:${scryptSync('3333', salt, 32, { N: 16_384, r: 8, p: 1 }).toString('hex')}`
  const set = (id: string, pinHash: string, role: 'cashier' | 'manager') =>
    store.setRecords({
      id,
      at: new Date(clock.ms).toISOString(),
      actor: 'test',
      command: [
        { type: 'record.set', kind: 'staff', id: CASHIER, value: { name: 'Sam', role, pinHash } },
      ],
    })
  set('c-1', old, 'cashier')
  expect((await people.signIn.try(CASHIER, '3333')).ok).toBe(true)
  const renewed = pinHashOf(store.catalog(), CASHIER)
  expect(renewed).toMatch(/^\$argon2id.*keyid=/)
  expect(store.catalog().staff.get(CASHIER)?.pinHash).toBe(old)
  expect((await people.signIn.try(CASHIER, '3333')).ok).toBe(true)
  expect(pinHashOf(store.catalog(), CASHIER)).toBe(renewed)
  set('c-2', old, 'manager')
  expect(pinHashOf(store.catalog(), CASHIER)).toBe(renewed)
  set('c-3', await people.pins.hash('8642'), 'manager')
  expect((await people.signIn.try(CASHIER, '3333')).ok).toBe(false)
  expect((await people.signIn.try(CASHIER, '8642')).ok).toBe(true)
})

test('[A1] a device that lacks the key of a PIN says so, and counts no try', async () => {
  const { device } = await newDevice()
  const { store, people } = device
  const value = { name: 'Sam', role: 'cashier' as const, pinHash: await people.pins.hash('3333') }
  store.setRecords({
    id: 'c-1',
    at: new Date(clock.ms).toISOString(),
    actor: 'test',
    command: [{ type: 'record.set', kind: 'staff', id: CASHIER, value }],
  })
  const { ring } = device.personalData
  const pins = createPins({ sealing: ring.sealing, find: () => null })
  const signIn = createSignIn({ store, pins, nowMs, newId: () => `x-${(clock.ms += 1)}` })
  for (let n = 0; n < TRIES_OF_STAFF + 1; n += 1) {
    expect(await signIn.try(CASHIER, '3333')).toMatchObject({ error: { code: 'pin_key_missing' } })
  }
})

test('[V2] [A1] an admin says who works here, with the own PIN each time; nobody else does', async () => {
  const { device } = await newDevice()
  const { store, people } = device
  const { set } = createStaffCalls({ store, ...people, nowMs })
  const signedIn = (staffId: string) => {
    const held = store.catalog().staff.get(staffId)
    return held === undefined ? null : { staffId, name: held.name, role: held.role }
  }
  let calls = 0
  const ask = (staffId: string, change: Partial<StaffWish> = {}, by = ADMIN) =>
    set(
      {
        type: 'setStaff',
        callId: 1,
        commandId: `staff-${(calls += 1)}`,
        staffId,
        name: 'Rosa Diaz',
        role: 'cashier',
        ownPin: '1234',
        ...change,
      },
      signedIn(by),
    )
  expect(await ask('rosa', { newPin: '24680' }, MANAGER)).toMatchObject({
    error: { code: 'not_allowed' },
  })
  expect(await ask('rosa', { newPin: '24680', ownPin: '9999' })).toMatchObject({
    error: { code: 'wrong_pin' },
  })
  expect(signedIn('rosa')).toBeNull()
  expect(await ask('rosa', { newPin: '24680' })).toEqual({ ok: true, value: null })
  // Another role and name, the same PIN; then another PIN, and in the end none.
  await ask('rosa', { name: 'Rosa', role: 'manager' })
  expect(await people.signIn.try('rosa', '24680')).toMatchObject({
    value: { name: 'Rosa', role: 'manager' },
  })
  await ask('rosa', { newPin: '1357' })
  expect((await people.signIn.try('rosa', '1357')).ok).toBe(true)
  await ask('rosa', { newPin: null })
  expect((await people.signIn.try('rosa', '1357')).ok).toBe(false)
  // Somebody has to be left who can let others in.
  expect(await ask(ADMIN, { role: 'cashier' })).toMatchObject({
    error: { code: 'settings_refused' },
  })
  expect(signedIn(ADMIN)?.role).toBe('admin')
})
