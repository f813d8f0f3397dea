import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../domain/log.ts'
import { batchesOf, rangesOf } from './arrivals.ts'

const entry = (origin: string, seq: number): Entry => ({
  origin,
  seq,
  clock: seq,
  commandId: `${origin}${seq}`,
  at: '',
  actor: '',
  body: '[]',
  hash: Uint8Array.of(seq),
})

const entries = fc
  .array(fc.record({ origin: fc.constantFrom('a', 'b'), seq: fc.integer({ min: 1, max: 30 }) }))
  .map((list) => list.map(({ origin, seq }) => entry(origin, seq)))
const frontier = fc
  .record({ a: fc.nat(30), b: fc.nat(30) })
  .map((held) => new Map(Object.entries(held)))

test('[U3] entries in any order become ranges: each once, by number, none over what is held', () => {
  fc.assert(
    fc.property(entries, frontier, fc.integer({ min: 1, max: 8 }), (arrived, held, maxEntries) => {
      const ranges = rangesOf(arrived, held, maxEntries)
      const numbers = ranges.flatMap((range) =>
        range.entries.map(({ commandId }, index) => {
          expect(commandId).toBe(`${range.origin}${range.fromSeq + index}`)
          return commandId
        }),
      )
      expect(new Set(numbers)).toEqual(new Set(arrived.map(({ commandId }) => commandId)))
      expect(numbers.length).toBe(new Set(numbers).size)
      for (const { origin, fromSeq, entries: inside, lastHash } of ranges) {
        const lastSeq = fromSeq + inside.length - 1
        const end = held.get(origin) ?? 0
        expect(inside.length).toBeLessThanOrEqual(maxEntries)
        expect(lastHash).toEqual(Uint8Array.of(lastSeq))
        expect(fromSeq <= end && lastSeq > end).toBe(false)
      }
      const batches = batchesOf(ranges, maxEntries)
      expect(batches.flat()).toEqual(ranges)
      for (const batch of batches) {
        expect(batch.reduce((sum, range) => sum + range.entries.length, 0)).toBeLessThanOrEqual(
          maxEntries,
        )
      }
    }),
  )
})
