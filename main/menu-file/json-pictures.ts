import { PICTURE_FAULTS } from '../../domain/pictures.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { Result } from '../../domain/result.ts'
import { pictureOf, pictureOfDataUri, type NamedPicture } from '../pictures/pictures.ts'
import type { MenuRecord } from './catalog-record.ts'
import type { JsonFaults } from './json-faults.ts'
import type { MenuFileContent } from './json-schema.ts'

/** The bytes of a file that lies beside the menu file; null: there is none, or none that may be read. */
export type ReadBeside = (name: string) => Uint8Array | null

/** Where a menu file comes without others: from a browser. */
export const nothingBeside: ReadBeside = () => null

/**
 * The pictures of a menu file as records: bytes under their own name, and which item shows them. The
 * same bytes at two items are one picture.
 */
export function pictureRecordsOf(
  { pictures = [] }: MenuFileContent,
  readBeside: ReadBeside,
  /** With what the file itself brings. */
  { menu_item: items, combo: combos }: Catalog,
  faults: JsonFaults,
): MenuRecord[] {
  const byId = new Map<string, MenuRecord>()
  const shown: MenuRecord[] = []
  const seen = new Set<string>()
  for (const [index, row] of pictures.entries()) {
    const add = (member: string, message: string) =>
      faults.add(['pictures', index, member], message)
    if (seen.has(row.item)) add('item', `the picture of ${row.item} stands twice`)
    seen.add(row.item)
    if (!items.has(row.item) && !combos.has(row.item)) {
      add('item', `no item and no combo has the id "${row.item}"`)
    }
    const named = namedOf(row, readBeside)
    if (typeof named === 'string') {
      add(row.data === undefined ? 'file' : 'data', named)
      continue
    }
    const { id, record } = named
    byId.set(id, { kind: 'picture', id, value: record })
    shown.push({ kind: 'item_picture', id: row.item, value: { pictureId: id } })
  }
  return [...byId.values(), ...shown]
}

type Row = NonNullable<MenuFileContent['pictures']>[number]

/** Or what is wrong with it. */
function namedOf({ file, data }: Row, readBeside: ReadBeside): NamedPicture | string {
  if (data !== undefined) {
    return file === undefined ? told(pictureOfDataUri(data)) : 'either a file or data, not both'
  }
  if (file === undefined) return 'a file beside this one, or data'
  const bytes = readBeside(file)
  return bytes === null
    ? `there is no file ${file} beside this one that could be read`
    : told(pictureOf(bytes))
}

const told = (named: Result<NamedPicture, keyof typeof PICTURE_FAULTS>): NamedPicture | string =>
  named.ok ? named.value : PICTURE_FAULTS[named.error]
