import { expect, test } from 'vitest'
import { formatTime } from './format.ts'
import { explainRefusal } from './refusals.ts'

const promisedFor = '2026-11-23T16:27:00.000Z'
const full = (nextFree: string | null): string =>
  explainRefusal({ code: 'slot_full', promisedFor, nextFree }, `${promisedFor} is full.`)

test('[Z2] that a quarter of an hour is full is said with times as people read them', () => {
  const nextFree = '2026-11-23T16:30:00.000Z'
  const text = full(nextFree)
  expect(text).toContain(formatTime(Date.parse(promisedFor)))
  expect(text).toContain(formatTime(Date.parse(nextFree)))
  for (const said of [text, full(null)]) expect(said).not.toMatch(/2026|T16/)
})
