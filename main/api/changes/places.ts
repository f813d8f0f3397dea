import type { CatalogFault } from '../../../domain/catalog-faults.ts'
import { recordKey } from '../../../domain/record-versions.ts'
import type { FieldError } from '../problems.ts'

/** The path of a change in what was sent: of the change as a whole, of its id, or in its value. */
export type Place = (index: number, member: '' | 'id' | `value.${string}`) => string

export const inList =
  (list: string): Place =>
  (index, member) =>
    member === '' ? `${list}.${index}` : `${list}.${index}.${member}`

/** Where the one value was the whole body. */
export const inBody: Place = (_index, member) => member.replace(/^value\./, '')

/**
 * Where a fault shows in what was sent: at the first of the records that it is about which the set
 * changes. `spell`: from the domain's names to the caller's.
 */
export function placeFaults(
  faults: readonly CatalogFault[],
  changes: readonly { readonly kind: string; readonly id: string }[],
  place: Place,
  spell: (member: string) => string,
): FieldError[] {
  const indexByKey = new Map<string, number>(
    changes.map(({ kind, id }, index) => [
      `${kind}
${id}`,
      index,
    ]),
  )
  return faults.map(({ about, message }) => {
    for (const record of about) {
      const index = indexByKey.get(recordKey(record))
      if (index === undefined) continue
      const { member } = record
      return {
        path: place(index, member === undefined ? '' : `value.${spell(member)}`),
        message,
      }
    }
    return { path: '', message }
  })
}
