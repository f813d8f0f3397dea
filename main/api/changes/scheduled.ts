import { isEdited, type EditedKind } from '../../../domain/catalog.ts'
import type { RecordWithdrawn } from '../../../domain/events.ts'
import { clockToMs } from '../../../domain/clock.ts'
import { byRecord, planRecords, valueAt } from '../../../domain/record-changes.ts'
import {
  catalogAt,
  recordKey,
  validFromMs,
  type RecordVersion,
} from '../../../domain/record-versions.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import type { RestScheduledChange } from '../../../protocol/rest/changes.ts'
import { memberToRest } from '../../../protocol/rest/record-json.ts'
import type { Problem } from '../problems.ts'
import { changeToRest } from './change-json.ts'
import { placeFaults } from './places.ts'
import { faultProblem, forbiddenTo } from './set-faults.ts'

/** Changes whose date has not come. */
export function scheduledChanges(
  versions: readonly RecordVersion[],
  nowMs: number,
  currency: string,
): RestScheduledChange[] {
  const records = byRecord(versions)
  return comingVersions(versions, nowMs).map((version) => {
    const own = records.get(recordKey(version)) ?? []
    const atMs = validFromMs(version)
    const effect = {
      kind: version.kind,
      id: version.id,
      before: valueAt(
        own.filter((other) => other !== version),
        atMs,
      ),
      after: valueAt(own, atMs),
      atMs,
      untilMs: catalogAt(own, atMs).untilMs,
    }
    return {
      change_id: changeIdOf(version),
      valid_from: version.validFrom,
      made_at: new Date(clockToMs(version.stamp.clock)).toISOString(),
      change: changeToRest(effect, true, currency),
    }
  })
}

/** The events that take scheduled changes back: all of them, or what is in the way. */
export function decideWithdrawal(
  changeIds: readonly string[],
  versions: readonly RecordVersion[],
  nowMs: number,
  role: string,
): Result<readonly RecordWithdrawn[], Problem> {
  const byId = new Map(
    comingVersions(versions, nowMs).map((version) => [changeIdOf(version), version]),
  )
  const found = changeIds.map((id) => byId.get(id))
  const unknown = found.flatMap((version, index) =>
    version === undefined
      ? [{ path: `change_ids.${index}`, message: 'No such change is scheduled, or not any more' }]
      : [],
  )
  if (unknown.length > 0) return refuse(faultProblem(unknown))
  const events = found.flatMap((version): RecordWithdrawn[] => {
    if (version === undefined) return []
    const { kind, id, validFrom } = version
    return [{ type: 'record.withdrawn', kind, id, validFrom }]
  })
  const forbidden = forbiddenTo(role, events)
  if (forbidden !== null) return refuse(forbidden)
  const { faults } = planRecords(versions, events, nowMs)
  const placed = placeFaults(faults, events, (index) => `change_ids.${index}`, memberToRest)
  return placed.length > 0 ? refuse(faultProblem(placed)) : ok(events)
}

type ComingVersion = RecordVersion & { readonly kind: EditedKind }

const comingVersions = (versions: readonly RecordVersion[], nowMs: number): ComingVersion[] =>
  versions.filter(
    (version): version is ComingVersion =>
      isEdited(version.kind) && !version.withdrawn && validFromMs(version) > nowMs,
  )

const changeIdOf = ({ kind, id, validFrom }: RecordVersion): string =>
  Buffer.from(JSON.stringify([validFrom, kind, id])).toString('base64url')
