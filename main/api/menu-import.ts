import { isEdited, type Catalog, type RecordValue } from '../../domain/catalog.ts'
import type { RecordSet } from '../../domain/events.ts'
import { planRecords } from '../../domain/record-changes.ts'
import type { RecordVersion } from '../../domain/record-versions.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { PICTURE_FAULTS } from '../../domain/pictures.ts'
import { pictureOfBase64 } from '../pictures/pictures.ts'
import { MAX_ENTRY_BYTES, MAX_FAULTS_TOLD } from '../../protocol/limits.ts'
import type { MenuImportIn } from '../../protocol/rest/menu.ts'
import { inList, placeFaults } from './changes/places.ts'
import { faultProblem, tooLarge, tooManyDates } from './changes/set-faults.ts'
import { readValidFrom } from './changes/valid-from.ts'
import type { FieldError, Problem } from './problems.ts'

/**
 * Turns an import, in the domain's own spelling, into the events of one entry. What the menu would be
 * after it must hold together: an item whose tax rate is not there could not be sold.
 */
export function checkImport(
  catalog: Catalog,
  versions: readonly RecordVersion[],
  heldPictureIds: ReadonlySet<string>,
  { records, valid_from: text }: MenuImportIn,
  nowMs: number,
): Result<readonly RecordSet[], Problem> {
  const from = readValidFrom(text, catalog, nowMs)
  if (!from.ok) return refuse(faultProblem([from.error]))
  const validFrom = from.value === null ? {} : { validFrom: new Date(from.value).toISOString() }
  const events = records.map(
    ({ kind, id, value }) => ({ type: 'record.set', kind, id, ...validFrom, value }) as RecordSet,
  )
  const bytes = Buffer.byteLength(JSON.stringify(events))
  if (bytes > MAX_ENTRY_BYTES) return refuse(tooLarge(bytes))
  const { faults } = planRecords(versions, events, nowMs)
  const errors = [
    ...tooManyDates(versions, from.value, nowMs),
    ...(from.value === null ? [] : undatedKinds(records)),
    ...pictureFaults(records, heldPictureIds),
    ...placeFaults(faults, records, inList('records'), (member) => member),
  ]
  return errors.length > 0 ? refuse(faultProblem(errors.slice(0, MAX_FAULTS_TOLD))) : ok(events)
}

/** What is sold out is so now. */
const undatedKinds = (records: MenuImportIn['records']): FieldError[] =>
  records.flatMap(({ kind }, index) =>
    isEdited(kind)
      ? []
      : [{ path: `records.${index}.kind`, message: `A change of ${kind} has no date` }],
  )

/** A picture is what its name says, and what an item shows is there or comes with it. */
function pictureFaults(
  records: MenuImportIn['records'],
  heldIds: ReadonlySet<string>,
): FieldError[] {
  const coming = new Set(records.flatMap(({ kind, id }) => (kind === 'picture' ? [id] : [])))
  return records.flatMap((record, index): FieldError[] => {
    if (record.value === null) return []
    if (record.kind === 'picture') {
      const picture = record.value as RecordValue<'picture'>
      const named = pictureOfBase64(picture.base64)
      if (!named.ok) {
        return [{ path: `records.${index}.value.base64`, message: PICTURE_FAULTS[named.error] }]
      }
      const isItself = named.value.id === record.id && named.value.record.type === picture.type
      return isItself
        ? []
        : [
            {
              path: `records.${index}.id`,
              message: 'A picture has the SHA-256 of its bytes for its id',
            },
          ]
    }
    if (record.kind !== 'item_picture') return []
    const { pictureId } = record.value as RecordValue<'item_picture'>
    return heldIds.has(pictureId) || coming.has(pictureId)
      ? []
      : [{ path: `records.${index}.value.pictureId`, message: `There is no picture ${pictureId}` }]
  })
}
