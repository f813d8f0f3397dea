import type { EditedKind } from '../../../domain/catalog.ts'

/** What a record is called in lists and previews. */
export function titleOfRecord(
  kind: EditedKind,
  value: Readonly<Record<string, unknown>> | null,
): string {
  if (value === null) return 'Unnamed'
  const name = value[kind === 'dining_table' ? 'number' : 'name']
  return typeof name === 'string' && name !== '' ? name : 'Unnamed'
}
