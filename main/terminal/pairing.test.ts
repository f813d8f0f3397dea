import { connect as connectPlain } from 'node:net'
import { connect, createServer, type TLSSocket } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { PAIRING_CODE_TTL_MS, PAIRING_TRIES } from '../../protocol/limits.ts'
import { PAIRING_PROTOCOL, type PairMessage } from '../../protocol/pairing.ts'
import { formatAddress, requireAddress } from '../../sync/address.ts'
import { createDeviceKeys, type DeviceKeys } from '../../sync/device-keys.ts'
import { openPairChannel } from '../../sync/pairing/channel.ts'
import { codeSecrets, pairingTranscript } from '../../sync/pairing/code-secrets.ts'
import { joinStore } from '../../sync/pairing/joiner.ts'
import { servePairing } from '../../sync/pairing/member.ts'
import { drawScalar, proverProofs, proverShare } from '../../sync/pairing/spake2plus.ts'
import { clientTls, identityOfPeer, PAIR_ALPN, serverTls } from '../../sync/peer-tls.ts'
import { createPeers } from '../../sync/peers.ts'
import { openTestDevice } from '../../test/support/devices.ts'
import { keysOf } from '../../test/support/device-keys.ts'
import { waitUntil } from '../../test/support/wait-until.ts'
import { createKeyRing } from '../personal-data/key-ring.ts'
import { createMembership } from './membership.ts'
import { createPairing, type Pairing } from './pairing.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const ending: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end()
})

interface Member {
  readonly store: Store
  readonly pairing: Pairing
  readonly address: string
  readonly roster: () => string[]
  /** The time that codes are shown by. */
  readonly passMs: (ms: number) => void
}

let ids = 0

/** The founder of a store, listening for peers and for those who want to join. */
async function openMember(): Promise<Member> {
  const keys = keysOf('A')
  const { store, connection, close } = await openTestDevice('A', { deviceId: keys.deviceId })
  ending.push(close)
  const value = {
    name: 'Till A',
    role: 'terminal',
    code: 'A',
    origin: 'o',
    admittedBy: null,
  } as const
  const founder = { type: 'record.set', kind: 'device', id: keys.deviceId, value } as const
  store.setRecords({ id: `roster-${ids}`, at: 'now', actor: 'test', command: [founder] })
  let nowMs = 0
  const pairing = createPairing({
    store,
    ring: createKeyRing({ store, keys, nowMs: Date.now, newId: () => `key-${(ids += 1)}` }),
    deviceCode: 'A',
    upstreamToken: 'the upstream token',
    centralUrl: null,
    peer: () => peers.address,
    monotonicMs: () => nowMs,
    nowMs: Date.now,
    newId: () => `new-${(ids += 1)}`,
  })
  const peers = await createPeers({
    log: store,
    self: { name: 'Till A', role: 'terminal', incarnation: `run-${(ids += 1)}` },
    keys,
    membership: createMembership(store, createLocalSettings(connection)),
    listen: '127.0.0.1:0',
    connect: [],
    discovery: null,
    onPairing: (socket, joiner) =>
      servePairing(socket, joiner, { self: keys, desk: pairing, logger: quiet }),
    now: Date.now,
    monotonicNow: () => performance.now(),
    random: () => 0.5,
    logger: quiet,
  })
  ending.push(peers.stop)
  return {
    store,
    pairing,
    address: peers.address,
    roster: () => [...store.catalog().device.keys()],
    passMs: (ms) => (nowMs += ms),
  }
}

const newcomer = { origin: 'origin-N', name: 'Kitchen', role: 'kitchen' } as const

const joinWith = (address: string, code: string, keys: DeviceKeys = createDeviceKeys()) =>
  joinStore({ address: requireAddress(address), keys, code, newcomer })

/** A code of eight digits that is not this one. */
const notThe = (code: string): string => `${code.slice(0, 7)}${(Number(code[7]) + 1) % 10}`

const refused = (why: RegExp) => ({ ok: false, error: expect.stringMatching(why) as string })

test('[P1] a device that proves the code is in the roster under the id of its key', async () => {
  const member = await openMember()
  const { code, peer } = member.pairing.show()
  expect(code).toMatch(/^\d{8}$/)
  expect(peer).toBe(member.address)
  const keys = createDeviceKeys()
  const joined = await joinWith(member.address, code, keys)
  expect(joined).toMatchObject({
    ok: true,
    value: { memberId: keysOf('A').deviceId, answer: { storeId: 'store-1', code: 'B' } },
  })
  expect(member.store.catalog().device.get(keys.deviceId)).toEqual({
    ...newcomer,
    code: 'B',
    admittedBy: keysOf('A').deviceId,
    publicKey: keys.publicKey,
  })
})

test('[P1] a code lets one device in, and is worth nothing afterwards', async () => {
  const member = await openMember()
  const { code } = member.pairing.show()
  expect(await joinWith(member.address, code)).toMatchObject({ ok: true })
  expect(await joinWith(member.address, code)).toEqual(refused(/No code is being shown/))
  expect(member.roster()).toHaveLength(2)
})

test('[P1] two that prove one code at the same time: one of them is in', async () => {
  const member = await openMember()
  const { code } = member.pairing.show()
  const both = await Promise.all([joinWith(member.address, code), joinWith(member.address, code)])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(member.roster()).toHaveLength(2)
})

test('[P1] a try that was answered before the code was used counts no more', async () => {
  const { pairing, roster } = await openMember()
  pairing.show()
  const [first, second] = [pairing.takeTry()!, pairing.takeTry()!]
  expect(pairing.admit(first, createDeviceKeys(), newcomer)).toMatchObject({ ok: true })
  expect(pairing.admit(second, createDeviceKeys(), newcomer)).toEqual(
    refused(/another device has used it/),
  )
  expect(roster()).toHaveLength(2)
})

test('[P1] after three wrong codes the right one is refused as well', async () => {
  const member = await openMember()
  const { code } = member.pairing.show()
  for (let left = PAIRING_TRIES - 1; left >= 0; left -= 1) {
    const wrong = await joinWith(member.address, notThe(code))
    const words = left === 0 ? 'This was the last try' : `Tries left: ${left}`
    expect(wrong).toEqual(refused(new RegExp(`code is wrong.*${words}`)))
  }
  expect(await joinWith(member.address, code)).toEqual(refused(/No code is being shown/))
  expect(member.roster()).toHaveLength(1)
})

test('[P1] the third try may still be the right one', async () => {
  const member = await openMember()
  const { code } = member.pairing.show()
  await joinWith(member.address, notThe(code))
  await joinWith(member.address, notThe(code))
  expect(await joinWith(member.address, code)).toMatchObject({ ok: true })
})

test('[P1] a code is gone after its time, and when a new one is shown', async () => {
  const member = await openMember()
  const first = member.pairing.show()
  member.passMs(PAIRING_CODE_TTL_MS + 1)
  expect(await joinWith(member.address, first.code)).toEqual(refused(/No code is being shown/))
  const second = member.pairing.show()
  const third = member.pairing.show()
  expect(await joinWith(member.address, second.code)).toEqual(refused(/code is wrong/))
  expect(await joinWith(member.address, third.code)).toMatchObject({ ok: true })
  expect(await joinWith((await openMember()).address, '12345678')).toEqual(
    refused(/No code is being shown/),
  )
})

test('[P1] a key that is or was in the roster joins nothing', async () => {
  const member = await openMember()
  const keys = createDeviceKeys()
  await joinWith(member.address, member.pairing.show().code, keys)
  const again = await joinWith(member.address, member.pairing.show().code, keys)
  expect(again).toEqual(refused(/is, or was, in the store/))
  expect(member.roster()).toHaveLength(2)
})

function dialPairing(address: string, keys = createDeviceKeys()): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...requireAddress(address), ...clientTls(keys, PAIR_ALPN) })
    socket.once('error', reject)
    socket.once('secureConnect', () => resolve(socket))
    ending.push(() => socket.destroy())
  })
}

/** Says one message and gives the answer, null where there is none. */
async function say(socket: TLSSocket, message: PairMessage): Promise<PairMessage | null> {
  const channel = openPairChannel(socket)
  channel.send(message)
  return channel.receive()
}

const share = (bytes: Uint8Array): PairMessage => ({
  type: 'share',
  protocol: PAIRING_PROTOCOL,
  share: bytes,
})

/** What anybody can send who knows the protocol and guesses a code. */
const someShare = () => proverShare({ w0: drawScalar(), w1: drawScalar() }, drawScalar())

test('[P1] looking at the port spends no try: scans, handshakes, rubbish, points off the curve', async () => {
  const member = await openMember()
  const { code } = member.pairing.show()
  const scan = connectPlain(requireAddress(member.address))
  await new Promise((resolve) => scan.once('connect', resolve))
  scan.destroy()
  for (let i = 0; i < PAIRING_TRIES + 1; i += 1) (await dialPairing(member.address)).destroy()
  const offCurve = Uint8Array.from(someShare())
  offCurve[64] = offCurve[64]! ^ 1
  for (let i = 0; i < PAIRING_TRIES + 1; i += 1) {
    expect(await say(await dialPairing(member.address), share(offCurve))).toBeNull()
    const unasked = { type: 'refused', reason: 'you' } as const
    expect(await say(await dialPairing(member.address), unasked)).toBeNull()
    const socket = await dialPairing(member.address)
    socket.on('error', () => {})
    socket.write(Buffer.alloc(20_000, 0xff))
    await waitUntil(() => socket.closed)
  }
  expect(await joinWith(member.address, code)).toMatchObject({ ok: true })
})

test('[P1] a guess that is answered spends a try, also when the guesser then hangs up', async () => {
  const member = await openMember()
  const { code } = member.pairing.show()
  for (let i = 0; i < PAIRING_TRIES; i += 1) {
    const socket = await dialPairing(member.address)
    expect(await say(socket, share(someShare()))).toMatchObject({ type: 'proof' })
    socket.destroy()
  }
  const fourth = await say(await dialPairing(member.address), share(someShare()))
  expect(fourth).toMatchObject({ type: 'refused' })
  expect(await joinWith(member.address, code)).toEqual(refused(/No code is being shown/))
  expect(member.roster()).toHaveLength(1)
})

/** Ends TLS on both sides with keys of his own and passes every byte on as it is. */
async function manInTheMiddle(target: string) {
  const [towardsJoiner, towardsMember] = [createDeviceKeys(), createDeviceKeys()]
  const passed = { toMember: 0, toJoiner: 0 }
  const server = createServer(serverTls(towardsJoiner), (fromJoiner) => {
    const toMember = connect({ ...requireAddress(target), ...clientTls(towardsMember, PAIR_ALPN) })
    for (const socket of [fromJoiner, toMember]) socket.on('error', () => {})
    fromJoiner.on('data', (bytes: Buffer) => (passed.toMember += bytes.length))
    toMember.on('data', (bytes: Buffer) => (passed.toJoiner += bytes.length))
    fromJoiner.pipe(toMember).pipe(fromJoiner)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ending.push(() => server.close())
  const { port } = server.address() as AddressInfo
  return {
    address: formatAddress({ host: '127.0.0.1', port }),
    passed,
    towardsJoiner,
    towardsMember,
  }
}

test('[P1] a man in the middle who relays the joining with his own keys gets nobody in', async () => {
  const member = await openMember()
  const { code } = member.pairing.show()
  const middle = await manInTheMiddle(member.address)
  const joined = await joinWith(middle.address, code)
  expect(joined).toEqual(refused(/code is wrong, or somebody stands between/))
  // He did relay: both shares went through him, and a try was spent.
  expect(middle.passed.toMember).toBeGreaterThan(65)
  expect(middle.passed.toJoiner).toBeGreaterThan(65 + 32)
  expect(member.roster()).toEqual([keysOf('A').deviceId])
})

test('[P1] and the member refuses too what was proved to the man in the middle', async () => {
  const member = await openMember()
  const { code } = member.pairing.show()
  const middle = await manInTheMiddle(member.address)
  const keys = createDeviceKeys()
  // A joiner that does not check the member's proof, as ours does, and says its own at once.
  const socket = await dialPairing(middle.address, keys)
  const seen = identityOfPeer(socket)?.keyHash
  expect(seen).toEqual(middle.towardsJoiner.keyHash)
  const ends = { joiner: keys.keyHash, member: seen! }
  const secrets = await codeSecrets(code, ends)
  const x = drawScalar()
  const channel = openPairChannel(socket)
  channel.send(share(proverShare(secrets, x)))
  const answer = await channel.receive()
  if (answer?.type !== 'proof') throw new Error('the member has to answer')
  const proofs = proverProofs(pairingTranscript(ends), secrets, x, answer.share)
  channel.send({ type: 'join', proof: proofs!.confirmP, newcomer })
  expect(await channel.receive()).toEqual({ type: 'refused', reason: 'The code is wrong.' })
  expect(member.roster()).toEqual([keysOf('A').deviceId])
})
