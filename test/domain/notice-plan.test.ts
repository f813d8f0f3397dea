import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JournalLine } from '../../domain/journal.ts'
import {
  claimIdOf,
  CLAIM_LASTS_MS,
  EXPIRES_AFTER_MS,
  nextNoticeStep,
  TURN_MS,
  type Notice,
} from '../../domain/notice-plan.ts'

const AT_MS = Date.UTC(2026, 4, 1, 12)
const notice: Notice = {
  id: 'o/ready/email',
  orderId: 'o',
  event: 'ready',
  channel: 'email',
  atMs: AT_MS,
}

const line = (kind: 'notice_claimed' | 'notice_ended', id: string, value: object, atMs: number) =>
  ({
    type: 'journal.written',
    kind,
    id,
    about: 'o',
    value,
    at: new Date(atMs).toISOString(),
    actor: 'device',
    commandId: 'c',
  }) as JournalLine

/** Two of the same id: one stands, the same one everywhere, whatever was first. */
function fold(lines: readonly JournalLine[]): JournalLine[] {
  const standing = new Map<string, JournalLine>()
  for (const one of lines) {
    const key = `${one.kind} ${one.id}`
    const held = standing.get(key)
    const later =
      held === undefined ||
      JSON.stringify([one.at, one.value]) > JSON.stringify([held.at, held.value])
    if (later) standing.set(key, one)
  }
  return [...standing.values()]
}

test('[N2] of devices that hear each other one sends, whoever is slow, and at least one while it is news', () => {
  const devices = ['A', 'B', 'C']
  const slowness = fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 3, maxLength: 3 })
  const alive = fc.uniqueArray(fc.constantFrom(...devices), { minLength: 1 })
  fc.assert(
    fc.property(slowness, alive, (slow, up) => {
      let lines: JournalLine[] = []
      const sent: string[] = []
      const seen = new Map<string, JournalLine[]>(devices.map((device) => [device, []]))
      for (let ms = 0; ms < EXPIRES_AFTER_MS.ready + 10_000; ms += 1_000) {
        // What was written in one second is with everybody in the next.
        for (const device of devices) seen.set(device, lines)
        const written: JournalLine[] = []
        for (const [turn, device] of devices.entries()) {
          if (!up.includes(device) || ms < slow[turn]!) continue
          const held = seen.get(device)!
          const nowMs = AT_MS + ms
          const next = nextNoticeStep(notice, { selfId: device, turn, lines: held, nowMs })
          if (next.do === 'claim') {
            const id = claimIdOf(notice, held)
            written.push(line('notice_claimed', id, { deviceId: device }, nowMs))
          } else if (next.do === 'send') {
            sent.push(device)
            const value = { outcome: 'sent', tries: 1, detail: null }
            written.push(line('notice_ended', notice.id, value, nowMs))
          }
        }
        lines = fold([...lines, ...written])
      }
      expect(sent).toHaveLength(1)
    }),
    { numRuns: 60 },
  )
})

test('[N2] a device that claimed and went away is followed by the next one, and old news by nobody', () => {
  const claim = line('notice_claimed', notice.id, { deviceId: 'A' }, AT_MS)
  const at = (ms: number, lines: readonly JournalLine[] = [claim]) =>
    nextNoticeStep(notice, { selfId: 'B', turn: 1, lines, nowMs: AT_MS + ms }).do
  expect(at(CLAIM_LASTS_MS)).toBe('wait')
  expect(at(CLAIM_LASTS_MS + TURN_MS)).toBe('claim')
  const again = line('notice_claimed', claimIdOf(notice, [claim]), { deviceId: 'B' }, AT_MS + 1)
  expect(at(2_000, [claim, again])).toBe('send')
  expect(at(EXPIRES_AFTER_MS.ready, [claim])).toBe('nothing')
  expect(at(EXPIRES_AFTER_MS.ready, [claim, again])).toBe('expire')
  const ended = line('notice_ended', notice.id, { outcome: 'sent', tries: 1, detail: null }, AT_MS)
  expect(at(2_000, [claim, again, ended])).toBe('nothing')
})
