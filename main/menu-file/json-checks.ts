import { doubledModifier } from '../../domain/catalog-faults.ts'
import { recordSchemas, type Catalog, type ModifierGroup } from '../../domain/catalog.ts'
import { MENU_KINDS, type MenuKind } from './catalog-record.ts'
import type { JsonFaults } from './json-faults.ts'
import { SECTION_OF, type MenuFileContent } from './json-schema.ts'

/** What the shape alone cannot say: ids stand once, references lead somewhere, min and max agree. */
export function checkReferences(
  content: MenuFileContent,
  catalog: Catalog,
  faults: JsonFaults,
): void {
  for (const kind of MENU_KINDS) checkIds(kind, content, faults)
  content.modifier_groups?.forEach((group, index) => {
    const path = ['modifier_groups', index]
    if (group.min > group.max) {
      faults.add([...path, 'min'], `min is ${group.min} and must not be above max, ${group.max}`)
    }
    const seen = new Set<string>()
    group.modifiers.forEach(({ id }, position) => {
      if (seen.has(id)) {
        faults.add([...path, 'modifiers', position, 'id'], `this group has "${id}" twice`)
      }
      seen.add(id)
    })
    group.modifiers.forEach(({ opens = [] }, position) => {
      opens.forEach((id, n) => {
        if (catalog.modifier_group.has(id)) return
        const message = unknownReference(catalog, 'modifier_group', id)
        faults.add([...path, 'modifiers', position, 'opens', n], message)
      })
    })
  })
  content.stations?.forEach((station, index) => {
    if (station.warn_after_seconds > station.late_after_seconds) {
      faults.add(
        ['stations', index, 'warn_after_seconds'],
        `${station.warn_after_seconds} must not be above late_after_seconds, ${station.late_after_seconds}`,
      )
    }
  })
  content.items?.forEach((item, index) => {
    const refer = (kind: MenuKind, key: string, id: string, ...more: number[]) => {
      if (catalog[kind].has(id)) return
      faults.add(['items', index, key, ...more], unknownReference(catalog, kind, id))
    }
    refer('category', 'category', item.category)
    refer('tax_rate', 'tax_rate', item.tax_rate)
    if (item.station != null) refer('station', 'station', item.station)
    item.modifier_groups?.forEach((id, position) => {
      refer('modifier_group', 'modifier_groups', id, position)
    })
    const groups = item.modifier_groups?.map((id) => catalog.modifier_group.get(id)) ?? []
    const doubled = doubledModifier(groups.filter((group): group is ModifierGroup => !!group))
    if (doubled !== null) faults.add(['items', index, 'modifier_groups'], doubled)
  })
}

/** What stands in the file as it is in the log has the log's shape, and stands there once. */
export function checkPlainRecords({ records = [] }: MenuFileContent, faults: JsonFaults): void {
  const seen = new Set<string>()
  for (const [index, { kind, id, value }] of records.entries()) {
    const key = `${kind} ${id}`
    if (seen.has(key)) faults.add(['records', index, 'id'], `the ${key} stands twice`)
    seen.add(key)
    for (const { path, message } of recordSchemas[kind].safeParse(value).error?.issues ?? []) {
      faults.add(['records', index, 'value', ...path], `${path.join('.') || 'value'}: ${message}`)
    }
  }
}

function checkIds(kind: MenuKind, content: MenuFileContent, faults: JsonFaults): void {
  const section = SECTION_OF[kind]
  const seen = new Set<string>()
  content[section]?.forEach(({ id }, index) => {
    if (seen.has(id))
      faults.add([section, index, 'id'], `the id "${id}" stands twice in ${section}`)
    seen.add(id)
  })
}

const MAX_SUGGESTIONS = 12

function unknownReference(catalog: Catalog, kind: MenuKind, id: string): string {
  const known = [...catalog[kind].keys()].slice(0, MAX_SUGGESTIONS)
  const there = known.length === 0 ? 'there is none yet' : `there are: ${known.join(', ')}`
  return `no ${kind.replaceAll('_', ' ')} has the id "${id}"; ${there}`
}
