/** People write a category's name where a program writes its id; both are taken. */

export type Found =
  | { readonly found: 'one'; readonly id: string }
  | { readonly found: 'none' }
  | { readonly found: 'several'; readonly ids: readonly string[] }

export interface NameLookup {
  /** An id as it stands, else a name without regard to case. */
  readonly find: (label: string) => Found
  /** The name where it leads back to this id, else the id. */
  readonly labelOf: (id: string) => string
  readonly names: () => readonly string[]
}

export function createNameLookup(
  records: ReadonlyMap<string, { readonly name: string }>,
): NameLookup {
  const idsByName = new Map<string, string[]>()
  for (const [id, { name }] of records) {
    const key = fold(name)
    idsByName.set(key, [...(idsByName.get(key) ?? []), id])
  }
  const find = (label: string): Found => {
    if (records.has(label)) return { found: 'one', id: label }
    const ids = idsByName.get(fold(label)) ?? []
    const [first] = ids
    if (first === undefined) return { found: 'none' }
    return ids.length === 1 ? { found: 'one', id: first } : { found: 'several', ids }
  }
  return {
    find,
    labelOf: (id) => {
      const name = records.get(id)?.name ?? ''
      const found = find(name)
      return name.trim() !== '' && found.found === 'one' && found.id === id ? name : id
    },
    names: () => [...records.values()].map((record) => record.name),
  }
}

export const fold = (name: string): string => name.trim().toLowerCase()

/** `Crème brûlée` becomes `creme-brulee`; empty where nothing of the name is left. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
