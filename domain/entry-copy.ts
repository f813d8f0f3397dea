import { z } from 'zod'
import { plainText } from './text.ts'

/**
 * What was written again in another log (rule L6) counts as it did where it was first written: with
 * the clock and the origin of then, so that it is the same for who holds the first, the copy or
 * both. The last event of a copy's body says so.
 */
const copySchema = z.strictObject({
  type: z.literal('entry.copied'),
  origin: plainText(120).min(1),
  clock: z.int().min(0),
})

interface FirstWritten {
  readonly origin: string
  readonly clock: number
}

/** Where and when the entry with these events was first written; null: it is no copy. */
export function firstWritten(events: readonly unknown[]): FirstWritten | null {
  return copySchema.safeParse(events.at(-1)).data ?? null
}

/** The body of a copy: the same events, byte for byte, and what it is a copy of. */
export function bodyOfCopy(entry: FirstWritten & { readonly body: string }): string {
  const events = parsed(entry.body)
  if (!Array.isArray(events) || firstWritten(events) !== null) return entry.body
  const { origin, clock } = entry
  const said = JSON.stringify({ type: 'entry.copied', origin, clock })
  const before = entry.body.slice(0, entry.body.lastIndexOf(']'))
  return `${before}${events.length === 0 ? '' : ','}${said}]`
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
