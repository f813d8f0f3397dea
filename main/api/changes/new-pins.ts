import { MAX_NEW_PINS } from '../../../protocol/limits.ts'
import type { RecordChangeIn } from '../../../protocol/rest/changes.ts'
import type { FieldError } from '../problems.ts'
import type { RestStore } from '../rest-store.ts'
import type { Place } from './places.ts'

/** The hashes of the PINs that a set of changes gives, by their place in it. */
export interface NewPins {
  readonly hashes: ReadonlyMap<number, string>
  readonly faults: readonly FieldError[]
}

/**
 * A till asks for a name and a PIN, so two people may have the same one: that it is taken is told to
 * nobody, who could sign in with it then.
 */
export async function readNewPins(
  changes: readonly RecordChangeIn[],
  hash: RestStore['hashPin'],
  place: Place,
): Promise<NewPins> {
  const pins = changes.flatMap((change, index) =>
    change.kind === 'staff' && typeof change.value?.pin === 'string'
      ? [{ index, pin: change.value.pin }]
      : [],
  )
  if (pins.length > MAX_NEW_PINS) {
    const message = `${MAX_NEW_PINS} PINs may be set at once, not ${pins.length}. Send it in parts.`
    const path = place(pins[0]?.index ?? 0, 'value.pin')
    return { hashes: new Map(), faults: [{ path, message }] }
  }
  const hashed = pins.map(async ({ index, pin }) => [index, await hash(pin)] as const)
  return { hashes: new Map(await Promise.all(hashed)), faults: [] }
}
