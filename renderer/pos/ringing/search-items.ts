import type { Catalog } from '../../../domain/catalog.ts'
import { foldText } from './fold-text.ts'

/** Finding an item by what somebody types or scans. Pure. */
export interface FindIndex {
  readonly rows: readonly FindRow[]
  readonly itemIdByCode: ReadonlyMap<string, string>
}

interface FindRow {
  readonly itemId: string
  readonly name: string
  /** All that can be typed for it, folded, with a space in front of each word. */
  readonly text: string
  readonly codes: readonly string[]
}

/** Made once for a menu: what is typed then only goes through folded texts. */
export function indexItems(
  catalog: Pick<Catalog, 'menu_item' | 'combo' | 'category' | 'item_details'>,
): FindIndex {
  const positionOf = (categoryId: string) => catalog.category.get(categoryId)?.position ?? 0
  const sold = [
    ...[...catalog.menu_item].map(([itemId, item]) => ({
      itemId,
      item,
      also: [item.kitchenName, ...namesElsewhere(catalog, itemId)],
      codes: (item.barcodes ?? []).map(codeKey),
    })),
    ...[...catalog.combo].map(([itemId, item]) => ({
      itemId,
      item,
      also: namesElsewhere(catalog, itemId),
      codes: [],
    })),
  ].toSorted(
    (a, b) =>
      positionOf(a.item.categoryId) - positionOf(b.item.categoryId) ||
      a.item.position - b.item.position ||
      (a.itemId < b.itemId ? -1 : 1),
  )
  const rows = sold.map(({ itemId, item, also, codes }): FindRow => ({
    itemId,
    name: foldText(item.name),
    text: wordsOf([item.name, ...also].filter((text) => text !== undefined).join(' ')),
    codes,
  }))
  return {
    rows,
    itemIdByCode: new Map(
      rows.toReversed().flatMap(({ itemId, codes }) => codes.map((code) => [code, itemId])),
    ),
  }
}

const namesElsewhere = (
  { item_details: details }: Pick<Catalog, 'item_details'>,
  itemId: string,
): string[] => details.get(itemId)?.texts.flatMap(({ name }) => name ?? []) ?? []

const wordsOf = (text: string): string => ` ${partsOf(text).join(' ')}`
const partsOf = (text: string): string[] =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')

const codeKey = (code: string): string => code.trim().toLowerCase()

/** The item that has exactly this code. A UPC is the EAN of the same digits with a 0 in front. */
export function itemOfCode({ itemIdByCode }: FindIndex, code: string): string | null {
  const key = codeKey(code)
  const other = /^0\d{12}$/.test(key) ? key.slice(1) : /^\d{12}$/.test(key) ? `0${key}` : key
  return itemIdByCode.get(key) ?? itemIdByCode.get(other) ?? null
}

/**
 * The ids of what was meant, the likeliest first: its code, a name that begins like this, words that
 * begin like this, then anything that contains it. Each word that was typed has to be there.
 */
export function searchItems(index: FindIndex, query: string, limit: number): string[] {
  const wanted = partsOf(query)
  const code = codeKey(query)
  if (wanted.length === 0 && code === '') return []
  const whole = foldText(query).trim()
  const byRank: string[][] = [[], [], [], [], []]
  for (const row of index.rows) byRank[rankOf(row, wanted, whole, code)]?.push(row.itemId)
  return byRank.flat().slice(0, limit)
}

const NOT_FOUND = 9

function rankOf(row: FindRow, wanted: readonly string[], whole: string, code: string): number {
  if (row.codes.includes(code)) return 0
  if (wanted.length > 0) {
    if (row.name.startsWith(whole)) return 1
    if (wanted.every((part) => row.text.includes(` ${part}`))) return 2
    if (wanted.every((part) => row.text.includes(part))) return 3
  }
  return code.length > 2 && row.codes.some((own) => own.includes(code)) ? 4 : NOT_FOUND
}
