import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRange, type EntryLog, type EntryRange } from '../domain/log.ts'
import { MAX_ENTRIES_PER_FRAME, MAX_FRAMES_IN_FLIGHT, MAX_ORIGINS } from '../protocol/limits.ts'
import { PEER_PROTOCOL, type Hello, type PeerFrame } from '../protocol/peer.ts'
import { createMemoryLog, type MemoryLog } from '../test/support/memory-log.ts'
import {
  createVirtualNetwork,
  difference,
  falseBelief,
  transmissions,
} from '../test/support/session-network.ts'
import { MAX_REFUSALS, TICK_MS } from './limits.ts'
import { driftMs, lastHeardMs, newSession, theyLack, weLack } from './session-state.ts'
import type { PeerSession, SessionInput, SessionOutput } from './session-state.ts'
import { stepSession } from './session.ts'

const STORE = 'store-1'
const log = (origin: string): MemoryLog => createMemoryLog(STORE, origin)
const bodies = (count: number, size = 10): string[] =>
  Array.from({ length: count }, (_, i) => `"${i}"`.padEnd(size, ' '))

/** A network of devices whose names are their origins, all linked with each other. */
function mesh(...names: string[]) {
  const network = createVirtualNetwork()
  const logs = new Map(names.map((name) => [name, log(name)]))
  for (const [name, entries] of logs) network.add(name, entries)
  const logOf = (name: string): MemoryLog => logs.get(name) as MemoryLog
  const linkAll = () =>
    names.forEach((a, i) => names.slice(i + 1).forEach((b) => network.link(a, b)))
  return { network, logOf, linkAll, all: () => [...logs.values()], logs }
}

test('[P3] two devices exchange what the other lacks, in both directions', () => {
  const { network, logOf, linkAll, all } = mesh('A', 'B')
  logOf('A').append(...bodies(1_700))
  logOf('B').append(...bodies(3))
  linkAll()
  network.run(1_000)
  expect(difference(all())).toBeNull()
  expect(logOf('B').bodies('A')).toEqual(logOf('A').bodies('A'))
  expect(theyLack(network.session('A', 'B') as PeerSession)).toBe(0)
  expect(weLack(network.session('A', 'B') as PeerSession)).toBe(0)
  expect([...transmissions(network.sent).values()].every((times) => times === 1)).toBe(true)
})

test('[P3] an own entry leaves with the commit, not with a timer', () => {
  const { network, logOf, linkAll } = mesh('A', 'B')
  linkAll()
  network.run(450)
  const before = network.sent.length
  logOf('A').append('"an order"')
  const frame = network.sent[before]
  expect(frame).toMatchObject({ from: 'A', to: 'B', frame: { type: 'entries' } })
  expect(frame?.atMs).toBe(network.nowMs())
})

test('[P3] one writer in a full mesh of three: each entry travels twice', () => {
  const { network, logOf, linkAll, all } = mesh('A', 'B', 'C')
  linkAll()
  network.run(300)
  for (let order = 0; order < 200; order += 1) {
    logOf('A').append(`"${order}"`)
    network.run(10)
  }
  network.run(2_000)
  expect(difference(all())).toBeNull()
  expect(transmissions(network.sent).size).toBe(200)
  expect([...transmissions(network.sent).values()].filter((times) => times !== 2)).toEqual([])
})

test('[P3] a device that comes back gets each origin about once, not once from each neighbour', () => {
  const { network, logOf, linkAll, all } = mesh('A', 'B', 'C', 'D')
  linkAll()
  network.run(300)
  logOf('A').append(...bodies(5_000))
  network.run(3_000)
  network.remove('D')
  logOf('A').append(...bodies(10_000))
  network.run(3_000)
  const before = network.sent.length
  network.add('D', logOf('D'))
  for (const other of ['A', 'B', 'C']) network.link(other, 'D', { delayMs: 60 })
  network.run(10_000)
  expect(difference(all())).toBeNull()
  const sentToD = [...transmissions(network.sent.slice(before)).values()]
  expect(sentToD.reduce((sum, times) => sum + times, 0)).toBeLessThan(10_000 * 1.1)
})

test('[P3] where two cannot reach each other, the third relays', () => {
  const { network, logOf, all } = mesh('A', 'B', 'C')
  network.link('A', 'B')
  network.link('B', 'C')
  logOf('A').append(...bodies(20))
  logOf('C').append(...bodies(20))
  network.run(1_000)
  expect(difference(all())).toBeNull()
})

test('[P3] the window holds: never more frames on the way, nor more entries or bytes in one', () => {
  const { network, logOf } = mesh('A', 'B')
  logOf('A').append(...bodies(5_000, 900), ...bodies(60, 300_000))
  network.link('A', 'B', { delayMs: 200 })
  let most = 0
  for (let i = 0; i < 2_000; i += 1) {
    network.run(10)
    most = Math.max(most, network.session('A', 'B')?.inFlight.length ?? 0)
  }
  expect(logOf('B').frontier().get('A')).toBe(5_060)
  expect(most).toBe(MAX_FRAMES_IN_FLIGHT)
  const frames = network.sent.flatMap(({ frame }) => (frame.type === 'entries' ? [frame] : []))
  const entries = frames.map(({ ranges }) =>
    ranges.filter(isRange).flatMap((range) => range.entries),
  )
  expect(Math.max(...entries.map((list) => list.length))).toBe(MAX_ENTRIES_PER_FRAME)
  const bytes = entries.map((list) => list.reduce((sum, entry) => sum + entry.body.length, 0))
  expect(Math.max(...bytes)).toBeLessThan(1_300_000)
})

test('[P3] several origins share one frame', () => {
  const { network, logOf, all } = mesh('A', 'B')
  for (let i = 0; i < 40; i += 1) {
    const other = log(`old-${i}`)
    other.append('"x"', '"y"')
    logOf('A').ingest([other.readRange(`old-${i}`, 1, 9, 999) as EntryRange])
  }
  network.link('A', 'B')
  network.run(1_000)
  expect(difference(all())).toBeNull()
  expect(network.sent.filter(({ frame }) => frame.type === 'entries')).toHaveLength(1)
})

test('[P3] a device that says to hold more than it does is served from what it says next', () => {
  const { network, logOf, logs } = mesh('A')
  logOf('A').append(...bodies(30))
  const liar = log('B')
  let lies = true
  const boasting: EntryLog = {
    ...liar,
    frontier: () => (lies ? new Map([['A', 20]]) : liar.frontier()),
  }
  network.add('B', boasting)
  network.link('A', 'B')
  lies = false
  network.run(150)
  expect(liar.frontier().get('A')).toBe(30)
  expect(network.sent.filter(({ frame }) => frame.type === 'entries').length).toBeLessThan(4)
  expect(difference([...logs.values(), liar])).toBeNull()
})

test('[L2] an origin that the other refuses does not stop the others, and is not tried for ever', () => {
  const { network, logOf, linkAll } = mesh('A', 'B', 'C')
  const refusing = logOf('B')
  network.add('B', {
    ...refusing,
    ingest: (ranges) => refusing.ingest(ranges.filter((range) => range.origin !== 'A')),
  })
  linkAll()
  logOf('A').append('"never taken by B"')
  logOf('C').append('"from C"')
  network.run(5_000)
  expect(refusing.frontier().get('C')).toBe(1)
  const tries = network.sent.filter(
    ({ from, to, frame }) => from === 'A' && to === 'B' && frame.type === 'entries',
  )
  expect(tries.length).toBe(MAX_REFUSALS)
  const ticks = tries.map(({ atMs }) => Math.floor(atMs / TICK_MS))
  expect(new Set(ticks).size).toBe(MAX_REFUSALS)
  expect(network.closes).toEqual([])
})

test('[L3] entries that do not chain end the session with the reason', () => {
  const { network, logOf } = mesh('A', 'B')
  logOf('A').append('"x"')
  const tampering: EntryLog = {
    ...logOf('A'),
    readRange: (...args) => {
      const range = logOf('A').readRange(...args)
      return range && { ...range, entries: range.entries.map((e) => ({ ...e, body: '"y"' })) }
    },
  }
  network.add('A', tampering)
  network.link('A', 'B')
  network.run(100)
  expect(network.closes[0]).toMatchObject({ at: 'B', code: 'broken_entries' })
  expect(logOf('B').frontier().get('A') ?? 0).toBe(0)
})

test('[L7] what has left is told before the first run, once, and noted before it is taken', () => {
  const { network, logOf } = mesh('A', 'B')
  const run = { origin: 'x', fromSeq: 1, toSeq: 5, lastHash: new Uint8Array(32), lastClock: 9 }
  const left = [{ origin: 'x', fromSeq: 1, toSeq: 5, lastClock: 9 }]
  const lacksIt = (frontier: ReadonlyMap<string, number>) => (frontier.get('x') ?? 0) < 5
  const told: string[] = []
  const held = new Map([['x', 5]])
  network.add('A', {
    ...logOf('A'),
    frontier: () => held,
    runAt: () => run,
    leftFor: (theirs) => (lacksIt(theirs) ? left : []),
  })
  const known = new Map<string, number>()
  network.add('B', {
    ...logOf('B'),
    frontier: () => known,
    noteLeft: (noted) => void told.push(`noted ${noted.length}`),
    ingest(parts) {
      told.push(`took ${parts.length}`)
      known.set('x', 5)
      return { accepted: 0, repeated: 0, gaps: [], forks: [], broken: [], newTips: [] }
    },
  })
  network.link('A', 'B', { doubled: () => true })
  network.run(1_000)
  expect(told.slice(0, 2)).toEqual(['noted 1', 'took 1'])
  expect(told.filter((what) => what.startsWith('noted'))).toHaveLength(1)
  expect(network.closes).toEqual([])
  expect(network.session('A', 'B')?.theirs).toEqual(known)
  network.cut('A', 'B')
  network.link('A', 'B')
  network.run(1_000)
  expect(told.filter((what) => what.startsWith('noted'))).toHaveLength(1)
})

test('[L1] a store that fails ends the session and acknowledges nothing', () => {
  const { network, logOf } = mesh('A', 'B')
  logOf('A').append('"x"')
  const full: EntryLog = {
    ...logOf('B'),
    ingest: () => {
      throw new Error('disk full')
    },
  }
  network.add('B', full)
  network.link('A', 'B')
  network.run(50)
  expect(network.closes[0]).toMatchObject({ at: 'B', code: 'storage_failed' })
  expect(network.sent.some(({ frame }) => frame.type === 'ack')).toBe(false)
})

test('[K3] silence is noticed, drift is measured, contact is remembered', () => {
  const { network, logs } = mesh('A')
  const other = log('B')
  network.add('B', other, 7_000)
  network.link('A', 'B', { delayMs: 30 })
  network.run(3_000)
  const session = network.session('A', 'B') as PeerSession
  expect(driftMs(session)).toBe(7_000)
  expect(network.nowMs() - (lastHeardMs(session) ?? 0)).toBeLessThan(600)
  expect(logs.size).toBe(1)
})

// Single steps: what a session says to a peer that does not keep the rules.

const self = {
  storeId: STORE,
  deviceId: 'A',
  name: 'A',
  role: 'terminal',
  incarnation: '1',
} as const
const hello: Hello = {
  type: 'hello',
  protocol: PEER_PROTOCOL,
  storeId: STORE,
  deviceId: 'B',
  name: 'B',
  role: 'kitchen',
  incarnation: '9',
  frontier: new Map(),
  hashes: new Map(),
  aside: [],
}
const opened: SessionInput = {
  type: 'opened',
  protocol: PEER_PROTOCOL,
  nowMs: 0,
  ownOrigin: 'A',
  frontier: new Map(),
  hashes: new Map(),
  aside: [],
}
const got = (frame: PeerFrame | null, nowMs = 1): SessionInput => ({
  type: 'frameReceived',
  nowMs,
  wallMs: nowMs,
  frame,
})
const oneEntry = (frame: number): PeerFrame => {
  const writer = log('B')
  writer.append('"x"')
  return { type: 'entries', frame, ranges: [writer.readRange('B', 1, 1, 99) as EntryRange] }
}

function play(...inputs: SessionInput[]) {
  let state = newSession(self)
  const outputs: SessionOutput[] = []
  for (const input of inputs) {
    const step = stepSession(state, input)
    state = step.state
    outputs.push(...step.outputs)
  }
  return { state, outputs, close: outputs.find((output) => output.type === 'close') }
}

test.each<[string, string, SessionInput[]]>([
  ['entries before a hello', 'misbehaved', [got(oneEntry(1))]],
  ['a ping before a hello', 'misbehaved', [got({ type: 'ping', nonce: 1, sentMs: 1 })]],
  ['bytes that are no frame', 'misbehaved', [got(hello), got(null)]],
  ['another protocol', 'wrong_protocol', [got({ ...hello, protocol: PEER_PROTOCOL + 1 })]],
  ['another store', 'wrong_store', [got({ ...hello, storeId: 'store-2' })]],
  ['itself', 'self', [got({ ...hello, deviceId: 'A' })]],
  ['a hello of someone else', 'misbehaved', [got(hello), got({ ...hello, incarnation: '2' })]],
  [
    'an answer to nothing',
    'misbehaved',
    [got(hello), got({ type: 'ack', frame: 1, frontier: new Map() })],
  ],
  ['no hello in time', 'silent', [900, 1_800, 2_100].map((nowMs) => tickAt(nowMs))],
  ['silence', 'silent', [got(hello, 100), ...[900, 1_800, 2_150].map((nowMs) => tickAt(nowMs))]],
])('[P3] %s ends the session', (_, code, inputs) => {
  const { state, close, outputs } = play(opened, ...inputs)
  expect(close).toMatchObject({ code })
  expect(state.phase).toBe('closed')
  expect(outputs.at(-2)).toMatchObject({ type: 'send', frame: { type: 'bye' } })
  expect(stepSession(state, got(hello)).outputs).toEqual([])
})

function tickAt(nowMs: number): SessionInput {
  return { type: 'tick', nowMs, wallMs: nowMs }
}

test('[P3] frames of entries beyond the window, without waiting for answers, end the session', () => {
  const frames = Array.from({ length: MAX_FRAMES_IN_FLIGHT }, (_, i) => got(oneEntry(i + 1)))
  expect(play(opened, got(hello), ...frames).close).toBeUndefined()
  const more = play(opened, got(hello), ...frames, got(oneEntry(5)))
  expect(more.close).toMatchObject({ code: 'misbehaved' })
})

test('[P3] a peer cannot make us remember more origins than a store can have', () => {
  const named = (from: number) =>
    new Map(Array.from({ length: MAX_ORIGINS }, (_, i) => [`o${from + i}`, 1] as const))
  const inputs = [got(hello), got({ type: 'have', hashes: new Map(), frontier: named(0) })]
  expect(play(opened, ...inputs).close).toBeUndefined()
  const more = play(opened, ...inputs, got({ type: 'have', hashes: new Map(), frontier: named(1) }))
  expect(more.close).toMatchObject({ code: 'misbehaved' })
})

test('[K3] who was away itself does not take the other for silent', () => {
  const { close, state } = play(opened, got(hello), tickAt(60_000), tickAt(60_100))
  expect(close).toBeUndefined()
  expect(lastHeardMs(state)).toBe(1)
})

// Oracles, and faults planted to see that they fire.

test('[L1] the oracle notices an acknowledgement before the commit', () => {
  const { network, logOf, all } = mesh('A', 'B')
  // B's log answers from memory; what it would find on its disk after a crash is this.
  const disk = logOf('B').copy()
  network.link('A', 'B')
  logOf('A').append('"x"')
  network.run(200)
  expect(difference(all())).toBeNull()
  expect(falseBelief(network, ['A', 'B'], (id) => logOf(id))).toBeNull()
  expect(falseBelief(network, ['A', 'B'], (id) => (id === 'B' ? disk : logOf(id)))).toBe(
    'A believes that B holds A:1',
  )
})

test('[P3] the oracle notices a relay that was lost', () => {
  const { network, logOf, all } = mesh('A', 'B', 'C')
  const forgetful: EntryLog = { ...logOf('B'), onAdvance: () => () => {} }
  network.add('B', forgetful)
  network.link('A', 'B')
  network.link('B', 'C')
  network.run(100)
  logOf('A').append('"x"')
  network.run(5_000)
  expect(difference(all())).not.toBeNull()
})

const NAMES = ['A', 'B', 'C'] as const
const name = fc.constantFrom(...NAMES)
const stepArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write'), at: name, count: fc.nat(700) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('run'), forMs: fc.nat(400) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut'), a: name, b: name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart'), at: name }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('link'),
      a: name,
      b: name,
      delayMs: fc.nat(120),
      jitterMs: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
      doubled: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
    }),
  },
) as fc.Arbitrary<Step>

type Step =
  | { do: 'write'; at: string; count: number }
  | { do: 'run'; forMs: number }
  | { do: 'cut'; a: string; b: string }
  | { do: 'restart'; at: string }
  | { do: 'link'; a: string; b: string; delayMs: number; jitterMs: number[]; doubled: boolean[] }

test('[P3] whatever is cut, doubled, overtaken or restarted, all end with the same', () => {
  let written = 0
  let cuts = 0
  fc.assert(
    fc.property(fc.array(stepArbitrary, { minLength: 5, maxLength: 30 }), (steps) => {
      const { network, logs, logOf, linkAll, all } = mesh(...NAMES)
      const check = () => expect(falseBelief(network, NAMES, logOf)).toBeNull()
      for (const step of steps) {
        if (step.do === 'write') {
          logOf(step.at).append(...bodies(step.count))
          written += step.count
        } else if (step.do === 'run') {
          network.run(step.forMs)
        } else if (step.do === 'cut') {
          network.cut(step.a, step.b)
          cuts += 1
        } else if (step.do === 'restart') {
          network.remove(step.at)
          logs.set(step.at, logOf(step.at).copy())
          network.add(step.at, logOf(step.at))
        } else if (step.a !== step.b) {
          const { delayMs, jitterMs, doubled } = step
          network.link(step.a, step.b, {
            delayMs,
            jitterMs: (nth) => jitterMs[nth % jitterMs.length] ?? 0,
            doubled: (nth) => doubled[nth % doubled.length] ?? false,
          })
        }
        check()
      }
      NAMES.forEach((a) => NAMES.forEach((b) => network.cut(a, b)))
      linkAll()
      network.run(4_000)
      check()
      expect(difference(all())).toBeNull()
      for (const origin of NAMES) {
        expect(logOf('A').bodies(origin)).toEqual(logOf(origin).bodies(origin))
      }
    }),
    { numRuns: 60 },
  )
  expect(written).toBeGreaterThan(1_000)
  expect(cuts).toBeGreaterThan(10)
})
