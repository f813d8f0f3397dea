import { isEdited, type EditedKind, type RecordValue } from '../../../domain/catalog.ts'
import type { RecordEffect } from '../../../domain/record-changes.ts'
import { assert } from '../../../domain/result.ts'
import type { RecordChange } from '../../../protocol/rest/changes.ts'
import { recordToRest } from '../../../protocol/rest/record-json.ts'

type Json = Readonly<Record<string, unknown>>

/** What one change does, as callers read it. `isDated`: it was given a date. */
export function changeToRest(
  effect: RecordEffect,
  isDated: boolean,
  currency: string,
): RecordChange {
  const { kind, id } = effect
  assert(isEdited(kind), `a ${kind} is not edited`)
  const shown = (value: RecordEffect['before']): Json | null =>
    value === null ? null : recordToRest(kind, value as RecordValue<EditedKind>, currency)
  const [before, after] = [shown(effect.before), shown(effect.after)]
  const fields = [...changedFields(before, after), ...changedPin(kind, effect)]
  return {
    kind,
    id,
    change: wordOf(before, after, fields.length),
    before,
    after,
    fields,
    valid_from: isDated ? new Date(effect.atMs).toISOString() : null,
    valid_until: Number.isFinite(effect.untilMs) ? new Date(effect.untilMs).toISOString() : null,
  } as RecordChange
}

function wordOf(before: Json | null, after: Json | null, fields: number): RecordChange['change'] {
  if (before === null) return after === null ? 'unchanged' : 'added'
  if (after === null) return 'removed'
  return fields === 0 ? 'unchanged' : 'changed'
}

function changedFields(before: Json | null, after: Json | null) {
  const names = Object.keys(after ?? before ?? {})
  return names
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
}

/** Another PIN in the place of one: that it is another can be seen, and nothing else of it. */
function changedPin(kind: EditedKind, { before, after }: RecordEffect) {
  if (kind !== 'staff' || before === null || after === null) return []
  const [was, is] = [before, after].map((value) => (value as RecordValue<'staff'>).pinHash)
  return was === is ? [] : [{ field: 'pin', before: null, after: null }]
}
