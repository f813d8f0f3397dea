import { expect, test } from 'vitest'
import type { Frontier } from '../domain/log.ts'
import { MAX_ENTRIES_PER_FRAME, UPLOAD_RETRY_MIN_MS } from '../protocol/limits.ts'
import {
  FRONTIER_FRESH_MS,
  MAX_ENTRIES_WHILE_SELLING,
  SELLING_FOR_MS,
  UPLOAD_POLL_MS,
  UPLOAD_RELAY_AFTER_MS,
} from './limits.ts'
import {
  centreFailed,
  centreSaid,
  centreTook,
  newUploadPlan,
  nextUploadStep,
  planAdvanced,
  planAtTime,
  type UploadPlan,
} from './upload-plan.ts'

const OWN = 'me'
const at = (entries: Record<string, number>): Frontier => new Map(Object.entries(entries))
const half = () => 0.5
const next = (plan: UploadPlan, ours: Frontier, nowMs: number) =>
  nextUploadStep(plan, ours, OWN, nowMs)
const answer = (frontier: Frontier) => ({ frontier, accepted: 0, repeated: 0, forks: [] })
/** A plan at time 0 whose centre has just said what it holds. */
const healthy = (ours: Frontier, centre: Frontier): UploadPlan =>
  centreSaid(newUploadPlan(ours, OWN, 0), centre, 0)

test('[U1] the centre is asked before anything is sent', () => {
  expect(next(newUploadPlan(at({ me: 3 }), OWN, 0), at({ me: 3 }), 0)).toEqual({ do: 'ask' })
})

test('[U1] own entries go at once, and only what the centre lacks', () => {
  const plan = healthy(at({ me: 3 }), at({ me: 1 }))
  expect(next(plan, at({ me: 3 }), 0)).toMatchObject({
    do: 'upload',
    wanted: [{ origin: 'me', fromSeq: 2, toSeq: 3 }],
  })
})

test('[U1] entries of others wait, and then only if the centre has been asked just before', () => {
  const ours = at({ other: 2 })
  let plan = healthy(ours, at({}))
  expect(next(plan, ours, 0)).toMatchObject({ do: 'wait' })
  plan = planAtTime(plan, UPLOAD_RELAY_AFTER_MS)
  expect(next(plan, ours, UPLOAD_RELAY_AFTER_MS)).toEqual({ do: 'ask' })
  const asked = centreSaid(plan, at({}), UPLOAD_RELAY_AFTER_MS)
  expect(next(asked, ours, UPLOAD_RELAY_AFTER_MS)).toMatchObject({ do: 'upload' })
  const tooLate = UPLOAD_RELAY_AFTER_MS + FRONTIER_FRESH_MS + 1
  expect(next(asked, ours, tooLate)).toEqual({ do: 'ask' })
  const uploadedByItsWriter = centreSaid(plan, ours, UPLOAD_RELAY_AFTER_MS)
  expect(next(uploadedByItsWriter, ours, UPLOAD_RELAY_AFTER_MS)).toMatchObject({ do: 'wait' })
})

test('[U1] with nothing to send the centre is asked every few seconds', () => {
  const plan = healthy(at({ me: 1 }), at({ me: 1 }))
  expect(next(plan, at({ me: 1 }), 10)).toEqual({ do: 'wait', untilMs: UPLOAD_POLL_MS })
  expect(next(plan, at({ me: 1 }), UPLOAD_POLL_MS)).toEqual({ do: 'ask' })
})

test('[P3] a commit does not shorten a back-off, and back-offs grow', () => {
  let plan = healthy(at({ me: 1 }), at({}))
  const waits: number[] = []
  let nowMs = 0
  for (let i = 0; i < 12; i += 1) {
    plan = centreFailed(plan, 'unavailable', null, nowMs, half)
    waits.push(plan.retryAtMs - nowMs)
    plan = planAdvanced(plan, at({ me: i + 2 }), OWN, nowMs)
    expect(next(plan, at({ me: i + 2 }), nowMs)).toEqual({ do: 'wait', untilMs: plan.retryAtMs })
    nowMs = plan.retryAtMs
    expect(next(plan, at({ me: i + 2 }), nowMs)).toEqual({ do: 'ask' })
  }
  expect(waits[0]).toBe(UPLOAD_RETRY_MIN_MS)
  expect(waits.at(-1)).toBe(15_000)
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
})

test('[P3] what makes no progress rests while the rest goes on', () => {
  const ours = at({ me: 5, bad: 5 })
  let plan = planAtTime(healthy(ours, at({})), UPLOAD_RELAY_AFTER_MS)
  const nowMs = UPLOAD_RELAY_AFTER_MS
  const sent = [
    { origin: 'me', fromSeq: 1, toSeq: 5 },
    { origin: 'bad', fromSeq: 1, toSeq: 5 },
  ]
  plan = centreTook(plan, sent, answer(at({ me: 5 })), nowMs, half)
  expect(next(plan, ours, nowMs)).toMatchObject({ do: 'wait' })
  const more = at({ me: 6, bad: 5 })
  expect(next(plan, more, nowMs)).toMatchObject({ do: 'upload', wanted: [{ origin: 'me' }] })
  const again = nowMs + UPLOAD_RETRY_MIN_MS
  expect(next(plan, ours, again)).toMatchObject({ do: 'upload', wanted: [{ origin: 'bad' }] })
})

test('[P3] an upload refused as a whole is tried one origin at a time', () => {
  const ours = at({ me: 1, bad: 1 })
  const sent = [
    { origin: 'me', fromSeq: 1, toSeq: 1 },
    { origin: 'bad', fromSeq: 1, toSeq: 1 },
  ]
  let plan = planAtTime(healthy(ours, at({})), UPLOAD_RELAY_AFTER_MS)
  plan = centreFailed(plan, 'refused', sent, UPLOAD_RELAY_AFTER_MS, half)
  const nowMs = plan.retryAtMs
  plan = centreSaid(plan, at({}), nowMs)
  const step = next(plan, ours, nowMs)
  expect(step).toMatchObject({ do: 'upload', wanted: [sent[0]] })
  expect(step.do === 'upload' && step.wanted).toHaveLength(1)
  const alone = centreFailed(plan, 'refused', sent.slice(1), nowMs, half)
  const later = centreSaid(alone, at({ me: 1 }), alone.retryAtMs - 1)
  expect(next(later, ours, alone.retryAtMs - 1)).toMatchObject({ do: 'wait' })
})

test('[P3] an upload that is too large is tried smaller, and sizes grow back', () => {
  const ours = at({ me: 5_000 })
  const sent = [{ origin: 'me', fromSeq: 1, toSeq: 500 }]
  let plan = centreFailed(healthy(ours, at({})), 'too_large', sent, 0, half)
  expect(plan.maxEntries).toBeLessThan(MAX_ENTRIES_PER_FRAME)
  for (let i = 0; i < 20; i += 1) plan = centreFailed(plan, 'too_large', sent, 0, half)
  expect(plan.maxEntries).toBe(1)
  for (let i = 0; i < 20; i += 1) plan = centreTook(plan, sent, answer(ours), 0, half)
  expect(plan.maxEntries).toBe(MAX_ENTRIES_PER_FRAME)
})

test('[U1] a centre that lost entries gets them again', () => {
  const ours = at({ me: 9 })
  const plan = centreSaid(healthy(ours, ours), at({ me: 4 }), 10)
  expect(next(plan, ours, 10)).toMatchObject({
    do: 'upload',
    wanted: [{ origin: 'me', fromSeq: 5, toSeq: 9 }],
  })
})

test('[U1] a backlog gives way to who sells, and hurries when nobody does', () => {
  const ours = at({ me: 5_000 })
  const took = (plan: UploadPlan, toSeq: number, nowMs: number) =>
    centreTook(
      plan,
      [{ origin: 'me', fromSeq: toSeq - 99, toSeq }],
      answer(at({ me: toSeq })),
      nowMs,
      half,
      40,
    )
  const quiet = healthy(ours, at({}))
  expect(next(quiet, ours, 0)).toMatchObject({ limits: { maxEntries: MAX_ENTRIES_PER_FRAME } })
  const idle = took(quiet, 100, 10)
  expect(next(idle, ours, 10)).toMatchObject({ do: 'upload' })
  const selling = planAdvanced(idle, at({ me: 5_001 }), OWN, 10)
  expect(next(selling, ours, 10)).toEqual({ do: 'wait', untilMs: 50 })
  expect(next(selling, ours, 50)).toMatchObject({
    limits: { maxEntries: MAX_ENTRIES_WHILE_SELLING },
  })
  // The order of just now waits for nothing, once the backlog is gone.
  const drained = centreTook(
    ...([selling, [{ origin: 'me', fromSeq: 5_001, toSeq: 5_001 }]] as const),
    ...([answer(at({ me: 5_001 })), 60, half, 40] as const),
  )
  const more = planAdvanced(drained, at({ me: 5_002 }), OWN, 61)
  expect(next(more, at({ me: 5_002 }), 61)).toMatchObject({ do: 'upload' })
  const later = 10 + SELLING_FOR_MS
  expect(next(selling, ours, later)).toMatchObject({
    limits: { maxEntries: MAX_ENTRIES_PER_FRAME },
  })
})
