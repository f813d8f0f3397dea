import { recordSchemas, type Catalog, type MenuItem } from '../../domain/catalog.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { CatalogRecord, MenuRecord } from './catalog-record.ts'
import { createCsvCategories } from './csv-categories.ts'
import { readCsv, type Row } from './csv-cells.ts'
import { parsePrice } from './decimal-price.ts'
import { createFaultList, type MenuFault } from './menu-fault.ts'
import { createNameLookup, fold, slugOf } from './names.ts'
import { createPositions } from './positions.ts'
import { checkMenuText } from './read-text.ts'
import { readSquareHeader, type SquareHeader } from './square-header.ts'
import { createSquareTaxes } from './square-taxes.ts'

/**
 * Reads the item library as Square exports it (docs/menu-file.md): a row is a variation of an item, and
 * rows with one item name are one item. Several variations become a group from which one has to be
 * chosen, or items of their own, as is wished. The file names sets of modifiers and not what is in them,
 * so a set has to be in the store already; what could not be taken is said in the notes.
 */
export interface SquareWish {
  readonly variations: 'group' | 'items'
  /** Where new items are made; null: nowhere. */
  readonly stationId: string | null
}

export interface SquareMenu {
  readonly records: readonly MenuRecord[]
  readonly notes: readonly string[]
}

interface Variation {
  readonly name: string
  readonly priceMinor: number
}

interface SquareItem {
  readonly name: string
  readonly row: Row
  readonly variations: Variation[]
}

const MAX_DESCRIPTION = 500
const MAX_LABEL = 120
/** What Square calls the only variation of an item. */
const ONLY_VARIATION = 'regular'

export function parseSquareCsv(
  source: string,
  existing: Catalog,
  currencyDigits: number,
  wish: SquareWish,
): Result<SquareMenu, readonly MenuFault[]> {
  const text = checkMenuText(source)
  if (!text.ok) return text
  const rows = readCsv(text.value)
  if (!rows.ok) return rows
  const faults = createFaultList(text.value)
  const [first = [], ...itemRows] = rows.value
  const header = readSquareHeader(first, faults)
  if (!faults.isEmpty()) return refuse(faults.faults())

  const notes = new Set<string>()
  const cell = (row: Row, column: number | undefined) =>
    column === undefined ? undefined : row[column]
  const textOf = (row: Row, column: number | undefined) => cell(row, column)?.text ?? ''
  const items = new Map<string, SquareItem>()
  for (const row of itemRows) {
    if (fold(textOf(row, header.archived)) === 'y') {
      notes.add('archived items were left out')
      continue
    }
    const name = textOf(row, header.name)
    const offset = (cell(row, header.name) ?? row[0])?.offset ?? 0
    if (!recordSchemas.menu_item.shape.name.safeParse(name).success) {
      faults.add(offset, `Item Name: should be a text of 1 to ${MAX_LABEL} characters`)
      continue
    }
    const priceText = textOf(row, header.price)
    const priceMinor = squarePrice(priceText, currencyDigits)
    if (priceMinor === null) {
      const place = cell(row, header.price)?.offset ?? offset
      faults.add(place, `Price: "${priceText}" is no fixed price such as 12.50; give one`)
      continue
    }
    const item = items.get(fold(name)) ?? { name, row, variations: [] }
    items.set(fold(name), item)
    const variation = textOf(row, header.variation).slice(0, MAX_LABEL)
    if (item.variations.some((other) => fold(other.name) === fold(variation))) {
      const place = cell(row, header.variation)?.offset ?? offset
      faults.add(place, `Variation Name: "${variation}" of "${name}" stands in an earlier row too`)
      continue
    }
    item.variations.push({ name: variation, priceMinor })
  }
  if (!faults.isEmpty()) return refuse(faults.faults())
  if (header.quantities.length > 0) {
    notes.add('what is in stock was left out; count it on the till')
  }

  const write = createWriter(existing, header, wish, notes)
  for (const item of items.values()) write.item(item)
  return ok({ records: write.records(), notes: [...notes] })
}

function createWriter(
  existing: Catalog,
  header: SquareHeader,
  { variations: way, stationId }: SquareWish,
  notes: Set<string>,
) {
  const positions = createPositions(existing)
  const categories = createCsvCategories(existing, positions)
  const taxes = createSquareTaxes(existing, notes)
  const groupLookup = createNameLookup(existing.modifier_group)
  const itemLookup = createNameLookup(existing.menu_item)
  const takenIds = new Set([...existing.menu_item.keys(), ...existing.combo.keys()])
  const usedIds = new Set<string>()
  const groups: CatalogRecord<'modifier_group'>[] = []
  const items: CatalogRecord<'menu_item'>[] = []

  /** An item that is there keeps its id, and with it its place, its station and its history. */
  function idOf(name: string): string {
    const known = itemLookup.find(name)
    if (known.found === 'one' && !usedIds.has(known.id)) {
      usedIds.add(known.id)
      return known.id
    }
    if (known.found === 'several')
      notes.add(`there are several items "${name}"; a new one was made`)
    return freeId(slugOf(name) || 'item', takenIds)
  }

  function modifierGroupsOf(row: Row): string[] {
    return header.modifierSets.flatMap(({ name, column }) => {
      if (fold(row[column]?.text ?? '') !== 'y') return []
      const found = groupLookup.find(name)
      if (found.found === 'one') return [found.id]
      notes.add(
        `the modifier set "${name}" was left out: the file does not say what is in it. Make the group "${name}" and take the file again`,
      )
      return []
    })
  }

  /** Groups of which the file says nothing stay with the item. */
  function keptGroups(before: MenuItem | undefined): string[] {
    const named = new Set(header.modifierSets.map(({ name }) => fold(name)))
    return (before?.modifierGroupIds ?? []).filter((id) => {
      const group = existing.modifier_group.get(id)
      return group !== undefined && !named.has(fold(group.name))
    })
  }

  function add(name: string, priceMinor: number, row: Row, ownGroup: OwnGroup | null): void {
    const id = idOf(name)
    const before = existing.menu_item.get(id)
    const category = categories.find(categoryOf(row, header))
    // Of several with one name it does not matter which: the file knows names alone.
    const categoryId = category.found === 'one' ? category.id : (category.ids[0] ?? '')
    const description = (row[header.description ?? row.length]?.text ?? '').trim()
    if (description.length > MAX_DESCRIPTION) notes.add(`the description of "${name}" was cut`)
    if (before === undefined && stationId === null) {
      notes.add('new items are made nowhere; name a station with --station, or edit them')
    }
    const value: MenuItem = {
      name,
      ...(before?.kitchenName !== undefined && { kitchenName: before.kitchenName }),
      ...(description !== '' && { description: description.slice(0, MAX_DESCRIPTION) }),
      categoryId,
      priceMinor,
      taxRateId: taxes.rateOf(
        header.taxes.filter(({ column }) => fold(row[column]?.text ?? '') === 'y'),
      ),
      stationId: before === undefined ? stationId : before.stationId,
      modifierGroupIds: [
        ...new Set([
          ...(ownGroup ? [addGroup(id, name, ownGroup)] : []),
          ...modifierGroupsOf(row),
          ...keptGroups(before),
        ]),
      ],
      position: positions.of('menu_item', id, categoryId),
    }
    items.push({ kind: 'menu_item', id, value })
  }

  type OwnGroup = readonly Variation[]

  function addGroup(itemId: string, name: string, variations: OwnGroup): string {
    const id = `${itemId}-variation`.slice(-80)
    const lowest = Math.min(...variations.map(({ priceMinor }) => priceMinor))
    const modifierIds = new Set<string>()
    const modifiers = variations.map((variation) => {
      const modifierId = freeId(
        `${itemId}-${slugOf(variation.name) || 'one'}`.slice(-76),
        modifierIds,
      )
      return {
        id: modifierId,
        name: variation.name || 'Regular',
        priceMinor: variation.priceMinor - lowest,
      }
    })
    const value = {
      name: `${name}: which`.slice(0, MAX_LABEL),
      position: positions.of('modifier_group', id),
      min: 1,
      max: 1,
      modifiers,
    }
    groups.push({ kind: 'modifier_group', id, value })
    return id
  }

  return {
    item: ({ name, row, variations }: SquareItem): void => {
      const [only] = variations
      if (only === undefined) return
      if (variations.length === 1) return add(name, only.priceMinor, row, null)
      if (way === 'group') {
        const lowest = Math.min(...variations.map(({ priceMinor }) => priceMinor))
        return add(name, lowest, row, variations)
      }
      for (const { name: which, priceMinor } of variations) {
        const isPlain = which === '' || fold(which) === ONLY_VARIATION
        add((isPlain ? name : `${name} ${which}`).slice(0, MAX_LABEL), priceMinor, row, null)
      }
    },
    records: (): MenuRecord[] => [...taxes.created(), ...categories.created(), ...groups, ...items],
  }
}

/** `Drinks > Espresso, Hot drinks`: the innermost of the first, unless the file names one for reports. */
function categoryOf(row: Row, { reporting, category }: SquareHeader): string {
  const named = row[reporting ?? row.length]?.text || row[category ?? row.length]?.text || ''
  const [first = ''] = named.split(',')
  return (first.split('>').at(-1) ?? '').trim().slice(0, MAX_LABEL) || 'Other'
}

/** `12.50`, `$12.50` or `£4,250.00`; null where the price is open or no price. */
function squarePrice(text: string, digits: number): number | null {
  const match = /^\p{Sc}?\s?(\d{1,3}(?:,\d{3})*|\d+)(\.\d+)?$/u.exec(text.trim())
  if (match === null) return null
  const [, whole = '', decimals = ''] = match
  const trimmed = decimals.replace(/0+$/, '').replace(/^\.$/, '')
  return parsePrice(`${whole.replaceAll(',', '')}${trimmed}`, digits)
}

function freeId(wish: string, taken: Set<string>): string {
  let id = wish
  for (let n = 2; taken.has(id); n += 1) id = `${wish}-${n}`
  taken.add(id)
  return id
}
