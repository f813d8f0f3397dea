import {
  STORE_RECORD_ID,
  type Catalog,
  type ModifierGroup,
  type RecordKind,
  type RecordValue,
  type StoreSettings,
} from './catalog.ts'
import type { CatalogFault, RecordPlace } from './catalog-fault.ts'
import { menuFaults, missing } from './menu-faults.ts'
import { openGroups } from './modifiers.ts'
import { stationFaults } from './station-faults.ts'
import { currencyDigits } from './money.ts'

export type { CatalogFault } from './catalog-fault.ts'

export function catalogFaults(catalog: Catalog): CatalogFault[] {
  return [
    ...[...catalog.menu_item].flatMap(([id, item]) => itemFaults(catalog, id, item)),
    ...[...catalog.modifier_group].flatMap(([id, group]) => groupFaults(catalog, id, group)),
    ...tableFaults(catalog),
    ...barcodeFaults(catalog),
    ...menuFaults(catalog),
    ...stationFaults(catalog),
  ]
}

function itemFaults(
  catalog: Catalog,
  itemId: string,
  item: RecordValue<'menu_item'>,
): CatalogFault[] {
  const at = (member: string): RecordPlace => ({ kind: 'menu_item', id: itemId, member })
  const needs = (kind: RecordKind, id: string | null, member: string): CatalogFault[] =>
    id === null ? [] : missing(catalog, at(member), `The menu item ${itemId}`, kind, id)
  const { open: groups } = openGroups(catalog, item, 'all')
  const doubled = doubledModifier(groups.map(({ group }) => group))
  return [
    ...needs('category', item.categoryId, 'categoryId'),
    ...needs('tax_rate', item.taxRateId, 'taxRateId'),
    ...needs('station', item.stationId, 'stationId'),
    ...item.modifierGroupIds.flatMap((id, index) =>
      needs('modifier_group', id, `modifierGroupIds.${index}`),
    ),
    ...(doubled === null
      ? []
      : [
          {
            about: [
              at('modifierGroupIds'),
              ...groups.map(({ id }): RecordPlace => ({ kind: 'modifier_group', id })),
            ],
            message: `The menu item ${itemId}: ${doubled}`,
          },
        ]),
  ]
}

function groupFaults(catalog: Catalog, id: string, group: ModifierGroup): CatalogFault[] {
  const seen = new Set<string>()
  return group.modifiers.flatMap((modifier, index) => {
    const isTwice = seen.has(modifier.id)
    seen.add(modifier.id)
    const at = (member: string): RecordPlace => ({
      kind: 'modifier_group',
      id,
      member: `modifiers.${index}.${member}`,
    })
    const message = `The group ${id} has the modifier ${modifier.id} twice`
    return [
      ...(isTwice ? [{ about: [at('id')], message }] : []),
      ...(modifier.opens ?? []).flatMap((opened, n) =>
        missing(catalog, at(`opens.${n}`), `The group ${id}`, 'modifier_group', opened),
      ),
    ]
  })
}

function tableFaults({ dining_table: tables }: Catalog): CatalogFault[] {
  const byNumber = Map.groupBy(tables, ([, { number }]) => number)
  return [...byNumber].flatMap(([number, rows]) =>
    rows.length < 2
      ? []
      : [
          {
            about: rows.map(([id]): RecordPlace => ({
              kind: 'dining_table',
              id,
              member: 'number',
            })),
            message: `Two tables have the number ${number}`,
          },
        ],
  )
}

/** A scanned code is to be one item's. */
function barcodeFaults({ menu_item: items }: Catalog): CatalogFault[] {
  const byCode = new Map<string, string[]>()
  for (const [id, { barcodes = [] }] of items) {
    for (const code of new Set(barcodes)) byCode.set(code, [...(byCode.get(code) ?? []), id])
  }
  return [...byCode].flatMap(([code, ids]) =>
    ids.length < 2
      ? []
      : [
          {
            about: ids.map((id): RecordPlace => ({ kind: 'menu_item', id, member: 'barcodes' })),
            message: `Two items have the barcode ${code}`,
          },
        ],
  )
}

/**
 * An order names a modifier by its id alone, so the second of two with one id could never be sold.
 * Says which it is, or null.
 */
export function doubledModifier(groups: readonly ModifierGroup[]): string | null {
  const groupNameById = new Map<string, string>()
  for (const group of groups) {
    for (const id of new Set(group.modifiers.map((modifier) => modifier.id))) {
      const other = groupNameById.get(id)
      if (other !== undefined) {
        return `the groups "${other}" and "${group.name}" both have the modifier "${id}"; an item can have it only once`
      }
      groupNameById.set(id, group.name)
    }
  }
  return null
}

/** What must not become of a store that works, whatever else holds together. */
export function lostFaults(before: Catalog, after: Catalog): CatalogFault[] {
  return [
    ...lostAdmin(before, after),
    ...lostSettings(before, after),
    ...otherDigits(before, after),
  ]
}

/** Nobody could let anybody in any more. */
function lostAdmin(before: Catalog, after: Catalog): CatalogFault[] {
  const admins = adminsOf(before)
  if (admins.length === 0 || adminsOf(after).length > 0) return []
  const about = admins.map((id): RecordPlace => ({ kind: 'staff', id }))
  return [{ about, message: 'The store would have no admin left who can sign in' }]
}

const adminsOf = ({ staff }: Catalog): string[] =>
  [...staff].flatMap(([id, { role, pinHash }]) =>
    role === 'admin' && pinHash !== null ? [id] : [],
  )

const settingsOf = ({ store }: Catalog): StoreSettings | undefined => store.get(STORE_RECORD_ID)

function lostSettings(before: Catalog, after: Catalog): CatalogFault[] {
  if (settingsOf(before) === undefined || settingsOf(after) !== undefined) return []
  const about: RecordPlace[] = [{ kind: 'store', id: STORE_RECORD_ID }]
  return [{ about, message: "The store's settings can be changed, not taken away" }]
}

/** 1250 is 12.50 dollars and 1250 yen: with another number of decimals every price changes. */
function otherDigits(before: Catalog, after: Catalog): CatalogFault[] {
  const [was, is] = [settingsOf(before)?.currency, settingsOf(after)?.currency]
  if (was === undefined || is === undefined || after.menu_item.size === 0) return []
  if (currencyDigits(was) === currencyDigits(is)) return []
  const about: RecordPlace[] = [{ kind: 'store', id: STORE_RECORD_ID, member: 'currency' }]
  const message = `${is} has another number of decimals than ${was}, in which the menu has its prices`
  return [{ about, message }]
}
