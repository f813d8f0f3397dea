import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { chainHash, CHAIN_START } from '../../db/chain.ts'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { JournalEvent } from '../../domain/journal.ts'
import { ok } from '../../domain/result.ts'
import { openTestDevice, sendAll } from '../support/devices.ts'

const popped = (id: string, reason: string): JournalEvent => ({
  type: 'journal.written',
  kind: 'drawer_popped',
  id,
  about: 'session',
  value: { reason },
})

/** Each origin writes one entry with one line; some lines are the same one, written again. */
const rangesOf = (lines: readonly { readonly id: number; readonly clock: number }[]) =>
  lines.map(({ id, clock }, n) => {
    const origin = `o-${n}`
    const content = {
      clock,
      commandId: `c-${id}`,
      at: '2026-01-01T12:00:00.000Z',
      actor: `a-${n}`,
      body: JSON.stringify([popped(`line-${id}`, `reason ${id}`)]),
    }
    return {
      origin,
      fromSeq: 1,
      entries: [content],
      lastHash: chainHash(CHAIN_START, origin, 1, content),
    }
  })

const line = fc.record({
  id: fc.integer({ min: 0, max: 4 }),
  clock: fc.integer({ min: 1, max: 9 }),
})
const permuted = fc.array(line, { minLength: 1, maxLength: 8 }).chain((lines) =>
  fc.tuple(
    fc.constant(lines),
    fc.shuffledSubarray(
      lines.map((_, n) => n),
      { minLength: lines.length },
    ),
  ),
)

describe('the journal', () => {
  test('[F1] is the same whatever the order in which its lines come; of two that differ one stands', async () => {
    await fc.assert(
      fc.asyncProperty(permuted, async ([lines, order]) => {
        const one = await openTestDevice('A')
        const two = await openTestDevice('A')
        const empty = digestOf(one.connection)
        const ranges = rangesOf(lines)
        for (const range of ranges) one.store.ingest([range])
        for (const n of order) two.store.ingest([ranges[n]!, ranges[n]!])
        const digest = digestOf(one.connection)
        expect(digest).not.toBe(empty)
        expect(digestOf(two.connection)).toBe(digest)
        for (const { id } of lines) {
          const last = lines.findLastIndex((other) => other.id === id)
          expect(one.store.journal.line(`line-${id}`)?.actor).toBe(`a-${last}`)
        }
        one.close()
        two.close()
      }),
      { numRuns: 25 },
    )
  })

  test('[F3] equals a rebuild from the log, and verify looks at it', async () => {
    const device = await openTestDevice('A')
    for (const range of rangesOf([
      { id: 1, clock: 5 },
      { id: 1, clock: 3 },
      { id: 2, clock: 4 },
    ])) {
      device.store.ingest([range])
    }
    const digest = digestOf(device.connection)
    rebuildProjections(device.connection)
    expect(digestOf(device.connection)).toBe(digest)
    expect(await verifyFile(device.connection)).toMatchObject({ ok: true })
    device.connection.raw.exec(`UPDATE journal SET value = '{"reason":"none"}' WHERE id = 'line-2'`)
    expect((await verifyFile(device.connection)).fault).toMatch(/table journal/)
    device.close()
  })

  test('[L6] what a restored device writes again in a fresh log is the same line everywhere', async () => {
    const device = await openTestDevice('A')
    const other = await openTestDevice('B')
    const backup = device.connection.raw.serialize()
    const write = (store: typeof device.store, id: string) => {
      const stamp = { id: `command-${id}`, at: '2026-01-01T12:00:00.000Z', actor: 'staff:a' }
      return store.writeJournal(stamp, () => ok([popped(id, `for ${id}`)]))
    }
    write(device.store, 'before-the-loss')
    sendAll(device.store, other.store)
    device.close()
    writeFileSync(device.file, backup)
    const back = await openTestDevice('A', { file: device.file })
    write(back.store, 'before-it-knew')
    back.store.ingest([other.store.readRange('origin-A', 1, 10, 1_000_000)!])
    expect(back.store.ownOrigin()).not.toBe('origin-A')
    sendAll(back.store, other.store)
    for (const each of [back, other]) {
      expect(
        each.store.journal
          .about('session')
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(['before-it-knew', 'before-the-loss'])
    }
    expect(digestOf(back.connection)).toBe(digestOf(other.connection))
    for (const each of [back, other]) each.close()
  })

  test('[L4] a line of a kind that is not known is kept and passed on, and not folded', async () => {
    const device = await openTestDevice('A')
    const odd = { type: 'journal.written', kind: 'tide', id: 'x', about: 'sea', value: {} }
    const content = {
      clock: 7,
      commandId: 'c',
      at: '2026-01-01T12:00:00.000Z',
      actor: 'a',
      body: JSON.stringify([odd]),
    }
    const lastHash = chainHash(CHAIN_START, 'x', 1, content)
    device.store.ingest([{ origin: 'x', fromSeq: 1, entries: [content], lastHash }])
    expect(device.store.health().unreadable).toBe(1)
    expect(device.store.readRange('x', 1, 1, 1_000)?.entries).toHaveLength(1)
    expect(device.store.journal.line('x')).toBeNull()
    device.close()
  })
})
