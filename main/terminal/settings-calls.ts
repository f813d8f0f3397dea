import { STORE_RECORD_ID, type Catalog, type Printer } from '../../domain/catalog.ts'
import { mayApprove } from '../../domain/approvals.ts'
import type { RecordSet } from '../../domain/events.ts'
import { planRecords } from '../../domain/record-changes.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { printerFaults } from '../printing/printer-settings.ts'
import { isTimeZone } from '../time-zone.ts'
import type { ScreenCall, ScreenRejection, SignedIn } from '../../protocol/screens.ts'

/** What managers set at a till: the same records that the back office edits. */
export interface SettingsCalls {
  readonly set: (
    call: Extract<ScreenCall, { type: 'setSettings' }>,
    staff: SignedIn | null,
  ) => Result<null, ScreenRejection>
  /** Everybody chooses the own language. */
  readonly speak: (
    call: Extract<ScreenCall, { type: 'setOwnLanguage' }>,
    staff: SignedIn | null,
  ) => Result<null, ScreenRejection>
}

export function createSettingsCalls(
  store: Pick<Store, 'catalog' | 'recordVersions' | 'setRecords'>,
  nowMs: () => number,
): SettingsCalls {
  return {
    set: ({ commandId: id, records }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      if (!mayApprove(staff.role)) return refuse({ code: 'not_allowed' })
      const now = nowMs()
      const events = records.map((record) => ({ type: 'record.set', ...record }) as RecordSet)
      const faults = [
        ...records.flatMap((record) =>
          record.kind === 'store' ? storeFaults(store, record.value) : [],
        ),
        ...records.flatMap((record) =>
          record.kind === 'printer' && record.value !== null
            ? printerFaultsOf(store.catalog(), record.value)
            : [],
        ),
        ...planRecords(store.recordVersions(), events, now).faults.map(({ message }) => message),
      ]
      if (faults.length > 0) return refuse({ code: 'settings_refused', faults })
      const at = new Date(now).toISOString()
      store.setRecords({ id, at, actor: `staff:${staff.staffId}`, command: events })
      return ok(null)
    },
    speak: ({ commandId, language }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      const { staffId } = staff
      store.setRecords({
        id: commandId,
        at: new Date(nowMs()).toISOString(),
        actor: `staff:${staffId}`,
        command: [{ type: 'record.set', kind: 'staff_language', id: staffId, value: { language } }],
      })
      return ok(null)
    },
  }
}

/** An address that nobody can dial, and whom the store does not have. */
const printerFaultsOf = (catalog: Catalog, printer: Printer): string[] =>
  printerFaults(
    {
      ...printer,
      receipts_of: printer.receiptsOf,
      slips_of: printer.slipsOf,
      fallback_for: printer.fallbackFor,
    },
    catalog,
  ).map(({ path, message }) => `${path} ${message}.`)

/** What the plan of the records does not know of. */
function storeFaults(
  store: Pick<Store, 'catalog'>,
  { timeZone, currency }: { readonly timeZone: string; readonly currency: string },
): string[] {
  const held = store.catalog().store.get(STORE_RECORD_ID)
  return [
    ...(isTimeZone(timeZone) ? [] : [`${timeZone} is no time zone.`]),
    ...(held === undefined || held.currency === currency
      ? []
      : ['A store that has sold keeps its currency.']),
  ]
}
