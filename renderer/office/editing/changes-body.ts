import type { ChangesOut } from '../../../protocol/rest/changes.ts'
import { placeLabel } from './change-words.ts'
import type { Draft, DraftChange } from './drafts.ts'

export const CHANGES_PATH = '/api/v1/menu/changes'

/** Null: at once. */
export type ValidFrom = string | null

/** A draft as `POST /menu/changes` takes it. */
export const changesBody = (changes: readonly DraftChange[], validFrom: ValidFrom) => ({
  ...(validFrom !== null && { valid_from: validFrom }),
  changes: changes.map(({ kind, id, value }) => ({ kind, id, value })),
})

export const changesOf = (draft: Draft): readonly DraftChange[] => Object.values(draft)

interface Faults {
  /** Beside the change that they are in, by its place in the draft. */
  readonly byPlace: ReadonlyMap<number, readonly string[]>
  /** Of the set as a whole. */
  readonly rest: readonly string[]
}

/** Sorts `changes.2.value.price: …` to the third change, where its form calls it `Price`. */
export function faultsByPlace(
  faults: ChangesOut['faults'],
  changes: readonly Pick<DraftChange, 'kind'>[],
): Faults {
  const byPlace = new Map<number, string[]>()
  const rest: string[] = []
  for (const { path, message } of faults) {
    const match = /^changes\.(\d+)(?:\.value)?(?:\.(.+))?$/.exec(path)
    if (match === null) rest.push(path === '' ? message : `${path}: ${message}`)
    else {
      const place = Number(match[1])
      const kind = changes[place]?.kind ?? ''
      const text = match[2] === undefined ? message : `${placeLabel(kind, match[2])}: ${message}`
      byPlace.set(place, [...(byPlace.get(place) ?? []), text])
    }
  }
  return { byPlace, rest }
}
