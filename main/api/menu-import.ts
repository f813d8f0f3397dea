import { RECORD_KINDS, type Catalog, type RecordKind } from '../../domain/catalog.ts'
import type { RecordSet } from '../../domain/events.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { MAX_ENTRY_BYTES } from '../../protocol/limits.ts'
import type { MenuImportIn } from '../../protocol/rest/menu.ts'
import { problemOf, type FieldError, type Problem } from './problems.ts'

/** Faults that are told of one import; more would not help. */
const MAX_FAULTS = 20

/**
 * Turns an import into the events of one entry. What the menu would be after it must hold together:
 * an item whose tax rate is not there could not be sold.
 */
export function checkImport(
  catalog: Catalog,
  { records }: MenuImportIn,
): Result<readonly RecordSet[], Problem> {
  const events = records.map(
    ({ kind, id, value }) => ({ type: 'record.set', kind, id, value }) as RecordSet,
  )
  const bytes = Buffer.byteLength(JSON.stringify(events))
  if (bytes > MAX_ENTRY_BYTES) {
    const detail = `One import is one entry of the log and holds up to ${MAX_ENTRY_BYTES} bytes; this one has ${bytes}. Send it in parts.`
    return refuse(problemOf('body_too_large', detail))
  }
  const errors = faultsOf(after(catalog, events), events).slice(0, MAX_FAULTS)
  const [first] = errors
  return first
    ? refuse(problemOf('validation_failed', `${first.path}: ${first.message}`, { errors }))
    : ok(events)
}

type Ids = { readonly [K in RecordKind]: Map<string, unknown> }

/** The catalog as it would be, as far as references need it. */
function after(catalog: Catalog, events: readonly RecordSet[]): Ids {
  const next = Object.fromEntries(
    RECORD_KINDS.map((kind) => [kind, new Map<string, unknown>(catalog[kind])]),
  ) as Ids
  for (const { kind, id, value } of events) {
    if (value === null) next[kind].delete(id)
    else next[kind].set(id, value)
  }
  return next
}

function faultsOf(next: Ids, events: readonly RecordSet[]): FieldError[] {
  const positionByKey = new Map(events.map(({ kind, id }, i) => [`${kind}\n${id}`, i]))
  const faults: FieldError[] = []
  for (const [itemId, item] of next.menu_item as Catalog['menu_item'] & Map<string, unknown>) {
    const position = positionByKey.get(`menu_item\n${itemId}`)
    const refer = (kind: RecordKind, id: string | null, member: string): void => {
      if (id === null || next[kind].has(id)) return
      const removed = positionByKey.get(`${kind}\n${id}`)
      faults.push(
        position !== undefined
          ? { path: `records.${position}.value.${member}`, message: `No ${kind} has the id ${id}` }
          : { path: `records.${removed}`, message: `The menu item ${itemId} needs ${kind} ${id}` },
      )
    }
    refer('category', item.categoryId, 'categoryId')
    refer('tax_rate', item.taxRateId, 'taxRateId')
    refer('station', item.stationId, 'stationId')
    item.modifierGroupIds.forEach((id, i) => refer('modifier_group', id, `modifierGroupIds.${i}`))
  }
  return faults
}
