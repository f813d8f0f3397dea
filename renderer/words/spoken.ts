import type { Key, ValuesFor } from './kinds.ts'
import { say } from './say.ts'

/** The keys of the texts that need no values. */
export type PlainKey = { [K in Key]: ValuesFor<K> extends [] ? K : never }[Key]

/**
 * A table of texts that may stand at the top of a file: each is said when it is read, in the language
 * that the screen then has.
 */
export function spoken<const Names extends string>(
  keys: Readonly<Record<Names, PlainKey>>,
): Readonly<Record<Names, string>> {
  const table = {} as Record<Names, string>
  for (const [name, key] of Object.entries<PlainKey>(keys)) {
    Object.defineProperty(table, name, { enumerable: true, get: () => say(key) })
  }
  return table
}
