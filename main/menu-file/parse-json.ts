import { recordSchemas, type Catalog } from '../../domain/catalog.ts'
import { assert, ok, refuse, type Result } from '../../domain/result.ts'
import { withRecords, type MenuRecord } from './catalog-record.ts'
import { checkPlainRecords, checkReferences } from './json-checks.ts'
import { nothingBeside, pictureRecordsOf, type ReadBeside } from './json-pictures.ts'
import { locateJson } from './json-places.ts'
import { createJsonFaults } from './json-faults.ts'
import { recordsOf } from './json-records.ts'
import { menuFileSchema } from './json-schema.ts'
import { faultAt, type MenuFault } from './menu-fault.ts'
import { checkMenuText } from './read-text.ts'

/**
 * Reads a JSON menu file (docs/menu-file.md): all of its records, or the faults and nothing. What
 * it refers to may stand in the file or in the catalog that is already there.
 */
export function parseMenuJson(
  source: string,
  existing: Catalog,
  readBeside: ReadBeside = nothingBeside,
): Result<readonly MenuRecord[], readonly MenuFault[]> {
  const text = checkMenuText(source)
  if (!text.ok) return text
  const place = locateJson(text.value)
  if (!place.ok) return refuse([faultAt(text.value, place.error.offset, place.error.message)])

  const faults = createJsonFaults(text.value, place.value)
  const content = menuFileSchema.safeParse(JSON.parse(text.value))
  if (!content.success) {
    for (const issue of content.error.issues) faults.addIssue(issue)
    return refuse(faults.faults())
  }
  checkPlainRecords(content.data, faults)
  if (!faults.isEmpty()) return refuse(faults.faults())
  const sold = recordsOf(content.data, existing)
  const after = withRecords(existing, sold)
  checkReferences(content.data, after, faults)
  const records = [...sold, ...pictureRecordsOf(content.data, readBeside, after, faults)]
  if (!faults.isEmpty()) return refuse(faults.faults())
  for (const { kind, id, value } of records) {
    assert(
      recordSchemas[kind].safeParse(value).success,
      `the menu file's ${kind} ${id} is a record`,
    )
  }
  return ok(records)
}
