import {
  STORE_RECORD_ID,
  type Catalog,
  type EditedKind,
  type RecordValue,
} from '../../../domain/catalog.ts'
import type { RecordSet } from '../../../domain/events.ts'
import { byRecord, planRecords, valueAt } from '../../../domain/record-changes.ts'
import { catalogAt, recordKey, type RecordVersion } from '../../../domain/record-versions.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import { MAX_ENTRY_BYTES, MAX_FAULTS_TOLD } from '../../../protocol/limits.ts'
import type { ChangesOut, RecordChangeIn } from '../../../protocol/rest/changes.ts'
import { memberToRest, recordFromRest } from '../../../protocol/rest/record-json.ts'
import type { RecordIn } from '../../../protocol/rest/records.ts'
import { currencyOf } from '../order-calls.ts'
import type { FieldError, Problem } from '../problems.ts'
import type { Call } from '../route.ts'
import { changeToRest } from './change-json.ts'
import { readNewPins, type NewPins } from './new-pins.ts'
import { placeFaults, type Place } from './places.ts'
import {
  currencyFaults,
  faultProblem,
  faultsInside,
  forbiddenTo,
  shapeFaults,
  tooLarge,
  tooManyDates,
} from './set-faults.ts'
import { readValidFrom } from './valid-from.ts'

/** What somebody wants to be changed, and how its faults are to be told. */
export interface EditWish {
  readonly changes: readonly RecordChangeIn[]
  readonly validFrom: string | undefined
  readonly isDryRun: boolean
  readonly place: Place
}

type EditCall = Pick<
  Call<unknown, unknown, unknown>,
  'store' | 'caller' | 'commandId' | 'at' | 'isRepeat'
>

/** All of a set of changes as one entry of the log, or nothing of it; in a dry run nothing at all. */
export async function editRecords(
  call: EditCall,
  wish: EditWish,
): Promise<Result<ChangesOut, Problem>> {
  const { store, caller, commandId, at } = call
  const forbidden = forbiddenTo(caller.role, wish.changes)
  if (forbidden !== null) return refuse(forbidden)
  const nowMs = Date.parse(at)
  const validFrom = readValidFrom(wish.validFrom, await store.catalog(), nowMs)
  const atMs = (validFrom.ok ? validFrom.value : null) ?? nowMs
  const pins = await readNewPins(wish.changes, store.hashPin, wish.place)
  const lost = await missingPictures(wish, store)
  const given = {
    atMs,
    dateMs: validFrom.ok ? validFrom.value : null,
    pins,
    faults: [...(validFrom.ok ? [] : [validFrom.error]), ...pins.faults, ...lost],
  }

  const decide = (versions: readonly RecordVersion[]) => decideEdit(wish, given, versions, nowMs)
  if (wish.isDryRun || call.isRepeat) {
    const { answer } = decide(await store.recordVersions())
    return ok(wish.isDryRun ? answer : { ...answer, faults: [] })
  }
  let done: ChangesOut | null = null
  const changed = await store.changeRecords<Problem>(
    { id: commandId, at, actor: caller.actor },
    (_catalog, _frontier, versions) => {
      const { answer, events } = decide(versions)
      const bytes = Buffer.byteLength(JSON.stringify(events))
      if (bytes > MAX_ENTRY_BYTES) return refuse(tooLarge(bytes))
      if (answer.faults.length > 0) return refuse(faultProblem(answer.faults))
      done = answer
      return ok(events)
    },
  )
  if (!changed.ok) return changed
  return ok(done ?? decide(await store.recordVersions()).answer)
}

/** Its bytes come first: what an item shows is there when somebody says so. */
async function missingPictures(
  { changes, place }: EditWish,
  store: EditCall['store'],
): Promise<FieldError[]> {
  const asked = changes.flatMap((change, index) =>
    change.kind === 'item_picture' && change.value !== null
      ? [{ index, pictureId: change.value.picture_id }]
      : [],
  )
  if (asked.length === 0) return []
  const held = new Set(await store.pictureIds())
  return asked
    .filter(({ pictureId }) => !held.has(pictureId))
    .map(({ index, pictureId }) => ({
      path: place(index, 'value.picture_id'),
      message: `There is no picture ${pictureId}`,
    }))
}

interface Given {
  readonly atMs: number
  /** Null: at once. */
  readonly dateMs: number | null
  readonly pins: NewPins
  readonly faults: readonly FieldError[]
}

/** What would be written, what that does, and all that is wrong with it. */
function decideEdit(
  { changes, isDryRun, place }: EditWish,
  { atMs, dateMs, pins, faults }: Given,
  versions: readonly RecordVersion[],
  nowMs: number,
): { readonly answer: ChangesOut; readonly events: readonly RecordSet[] } {
  const records = byRecord(versions)
  const validFrom = dateMs === null ? null : new Date(dateMs).toISOString()
  const events = changes.map((change, index): RecordSet => {
    const held = valueAt(records.get(recordKey(change)) ?? [], atMs)
    return eventOf(change, validFrom, pins.hashes.get(index) ?? keptPin(change, held))
  })
  const plan = planRecords(versions, events, nowMs)
  const after = catalogAfter(versions, events, atMs)
  const currency = currencyOf(after)
  const told = plan.effects.map((effect) => changeToRest(effect, dateMs !== null, currency))
  const all = [
    ...faults,
    ...changes.flatMap((change, index) => faultsInside(change, changes, index, place)),
    ...events.flatMap((event, index) => shapeFaults(event, index, place)),
    ...changes.flatMap((change, index) => currencyFaults(change, index, currency, place)),
    ...tooManyDates(versions, dateMs, nowMs),
    ...placeFaults(plan.faults, changes, place, memberToRest),
  ]
  return {
    answer: {
      dry_run: isDryRun,
      valid_from: validFrom,
      changes: told,
      faults: all.slice(0, MAX_FAULTS_TOLD),
    },
    // What says at once what is said already would only make the log longer.
    events: events.filter((_, index) => dateMs !== null || told[index]?.change !== 'unchanged'),
  }
}

function eventOf(
  { kind, id, value }: RecordChangeIn,
  validFrom: string | null,
  pinHash: string | null,
): RecordSet {
  return {
    type: 'record.set',
    kind,
    id,
    ...(validFrom !== null && { validFrom }),
    value:
      value === null
        ? null
        : recordFromRest<EditedKind>(kind, value as RecordIn<EditedKind>, pinHash),
  } as RecordSet
}

/** Where a change says nothing of the PIN, the person keeps the one that is there. */
function keptPin(change: RecordChangeIn, held: unknown): string | null {
  if (change.kind !== 'staff' || change.value?.pin === null) return null
  return (held as RecordValue<'staff'> | null)?.pinHash ?? null
}

const catalogAfter = (
  versions: readonly RecordVersion[],
  events: readonly RecordSet[],
  atMs: number,
): Catalog => {
  const { catalog } = catalogAt(versions, atMs)
  const settings = events.findLast(({ kind, id }) => kind === 'store' && id === STORE_RECORD_ID)
  if (settings?.kind !== 'store' || settings.value === null) return catalog
  return { ...catalog, store: new Map([[STORE_RECORD_ID, settings.value]]) }
}
