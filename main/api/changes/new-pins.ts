import type { Catalog } from '../../../domain/catalog.ts'
import { MAX_NEW_PINS } from '../../../protocol/limits.ts'
import type { RecordChangeIn } from '../../../protocol/rest/changes.ts'
import { hashPinAside, verifyPin } from '../../pin.ts'
import type { Place } from './places.ts'
import type { FieldError } from '../problems.ts'

/** The hashes of the PINs that a set of changes gives, by their place in it. */
export interface NewPins {
  readonly hashes: ReadonlyMap<number, string>
  readonly faults: readonly FieldError[]
}

interface NewPin {
  readonly index: number
  readonly id: string
  readonly pin: string
}

/**
 * A till asks for a PIN and for no name, so two people cannot have the same one. That is found by
 * trying each new one on everybody's hash, on the thread pool.
 */
export async function readNewPins(
  changes: readonly RecordChangeIn[],
  { staff }: Catalog,
  place: Place,
): Promise<NewPins> {
  const pins = changes.flatMap((change, index): NewPin[] =>
    change.kind === 'staff' && typeof change.value?.pin === 'string'
      ? [{ index, id: change.id, pin: change.value.pin }]
      : [],
  )
  if (pins.length > MAX_NEW_PINS) {
    const message = `${MAX_NEW_PINS} PINs may be set at once, not ${pins.length}. Send it in parts.`
    return {
      hashes: new Map(),
      faults: [{ path: place(pins[0]?.index ?? 0, 'value.pin'), message }],
    }
  }
  const changed = new Set(
    changes.flatMap(({ kind, id, value }) =>
      kind === 'staff' && (value === null || value.pin !== undefined) ? [id] : [],
    ),
  )
  const hashes = [...staff].flatMap(([id, { pinHash }]) =>
    changed.has(id) || pinHash === null ? [] : [pinHash],
  )
  const isTaken = await Promise.all(
    pins.map(async ({ id, pin, index }) => {
      if (pins.some((other) => other.index < index && other.id !== id && other.pin === pin)) {
        return true
      }
      const matches = await Promise.all(hashes.map((hash) => verifyPin(pin, hash)))
      return matches.includes(true)
    }),
  )
  return {
    hashes: new Map(
      await Promise.all(
        pins.map(async ({ index, pin }) => [index, await hashPinAside(pin)] as const),
      ),
    ),
    faults: pins
      .filter((_, n) => isTaken[n])
      .map(({ index }) => ({
        path: place(index, 'value.pin'),
        message: 'Somebody else has this PIN already',
      })),
  }
}
