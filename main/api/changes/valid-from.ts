import { businessDayStart } from '../../../domain/business-day.ts'
import { STORE_RECORD_ID, type Catalog } from '../../../domain/catalog.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import { MAX_VALID_FROM_AHEAD_MS } from '../../../protocol/limits.ts'
import type { FieldError } from '../problems.ts'

/** Milliseconds, or null for at once: from a moment, or from a business day of this store. */
export function readValidFrom(
  text: string | undefined,
  catalog: Catalog,
  nowMs: number,
): Result<number | null, FieldError> {
  if (text === undefined) return ok(null)
  const store = catalog.store.get(STORE_RECORD_ID)
  const ms = /^\d{4}-\d\d-\d\d$/.test(text)
    ? businessDayStart(text, store?.timeZone ?? 'UTC', store?.dayStartsAtMinutes ?? 0)
    : Date.parse(text)
  const fault = (message: string) => refuse({ path: 'valid_from', message })
  const at = `${text} is ${new Date(ms).toISOString()}`
  if (ms <= nowMs) return fault(`${at}, which is past; leave it out to change at once`)
  if (ms > nowMs + MAX_VALID_FROM_AHEAD_MS)
    return fault(`${at}, which is more than two years ahead`)
  return ok(ms)
}
