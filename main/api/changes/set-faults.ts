import {
  INVENTORY_SETTINGS_ID,
  recordSchemas,
  STORE_RECORD_ID,
  type EditedKind,
} from '../../../domain/catalog.ts'
import { isCourseId } from '../../../domain/courses.ts'
import type { RecordSet } from '../../../domain/events.ts'
import { MESSAGE_TEXT_IDS } from '../../../domain/message-texts.ts'
import { PACING_ID } from '../../../domain/pacing.ts'
import { RECEIPT_TEXT_ID } from '../../../domain/receipt-text.ts'
import { datesAfter } from '../../../domain/record-changes.ts'
import type { RecordVersion } from '../../../domain/record-versions.ts'
import { MAX_ENTRY_BYTES, MAX_SCHEDULED_DATES } from '../../../protocol/limits.ts'
import type { RecordChangeIn } from '../../../protocol/rest/changes.ts'
import { amountsIn, memberToRest } from '../../../protocol/rest/record-json.ts'
import { problemOf, type FieldError, type Problem } from '../problems.ts'
import type { Place } from './places.ts'

/** What can be wrong with a set of changes beside what it would make of the store's records. */

/** Staff and the store's settings are an admin's. */
export function forbiddenTo(
  role: string,
  changes: readonly { readonly kind: string }[],
): Problem | null {
  const kinds = new Set(changes.map(({ kind }) => kind))
  if (role === 'admin' || !(kinds.has('staff') || kinds.has('store'))) return null
  const detail = `The role ${role} may not change staff and the settings of the store; admin may.`
  return problemOf('forbidden', detail, { members: { role, roles: ['admin'] } })
}

/** Of these a store has one. */
const ONLY_IDS: Readonly<Partial<Record<EditedKind, string>>> = {
  store: STORE_RECORD_ID,
  inventory_settings: INVENTORY_SETTINGS_ID,
  pacing: PACING_ID,
  receipt_text: RECEIPT_TEXT_ID,
}

export function faultsInside(
  { kind, id }: RecordChangeIn,
  changes: readonly RecordChangeIn[],
  index: number,
  place: Place,
): FieldError[] {
  const first = changes.findIndex((other) => other.kind === kind && other.id === id)
  const only = ONLY_IDS[kind]
  return [
    ...(first === index
      ? []
      : [{ path: place(index, 'id'), message: `This set changes the ${kind} ${id} twice` }]),
    ...(kind !== 'course' || isCourseId(id)
      ? []
      : [{ path: place(index, 'id'), message: 'A course has its number, 1 to 9, for its id' }]),
    ...(kind !== 'message_text' || MESSAGE_TEXT_IDS.includes(id)
      ? []
      : [{ path: place(index, 'id'), message: 'A text has an event and a language: ready.en' }]),
    ...(only === undefined || id === only
      ? []
      : [{ path: place(index, 'id'), message: `The one record of ${kind} has the id ${only}` }]),
  ]
}

/** The domain has limits of its own, for what a till can show and sell. */
export function shapeFaults({ kind, value }: RecordSet, index: number, place: Place): FieldError[] {
  if (value === null) return []
  const issues = recordSchemas[kind].safeParse(value).error?.issues ?? []
  return issues.map(({ path, message }) => ({
    path: place(index, `value.${memberToRest(path.join('.'))}`),
    message,
  }))
}

export function currencyFaults(
  { kind, value }: RecordChangeIn,
  index: number,
  currency: string,
  place: Place,
): FieldError[] {
  if (value === null) return []
  return amountsIn(kind, value)
    .filter(({ amount }) => amount.currency !== null && amount.currency !== currency)
    .map(({ path, amount }) => ({
      path: place(index, `value.${path}`),
      message: `Prices here are in ${currency}, not in ${amount.currency}`,
    }))
}

export function tooManyDates(
  versions: readonly RecordVersion[],
  dateMs: number | null,
  nowMs: number,
): FieldError[] {
  const dates = datesAfter(versions, nowMs)
  if (dateMs === null || dates.has(dateMs) || dates.size < MAX_SCHEDULED_DATES) return []
  const message = `Something is scheduled for ${dates.size} dates already, and more cannot be`
  return [{ path: 'valid_from', message }]
}

export function faultProblem(errors: readonly FieldError[]): Problem {
  const [first] = errors
  const where = first?.path ? `${first.path}: ` : ''
  const rest = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return problemOf('validation_failed', `${where}${first?.message ?? ''}${rest}`, { errors })
}

export const tooLarge = (bytes: number): Problem =>
  problemOf(
    'body_too_large',
    `One set of changes is one entry of the log and holds up to ${MAX_ENTRY_BYTES} bytes; this one has ${bytes}. Send it in parts.`,
  )
