import { openConnection } from '../../db/sqlite/connection.ts'
import { call, openDevice, testFolder } from '../../main/api/test-store.ts'
import { apiReference } from './api-reference.ts'
import { databaseSchema } from './database-schema.ts'

/** Every page that is written by a program, by its path. */
export async function generatedDocs(): Promise<ReadonlyMap<string, string>> {
  const folder = testFolder()
  try {
    const device = await openDevice(folder.dir, { name: 'A', founds: true })
    const { json } = await call(device, 'GET', '/api/v1/openapi.json')
    await device.close()
    const empty = await openConnection(`${folder.dir}/empty.db`)
    const schema = databaseSchema(empty)
    empty.close()
    return new Map([
      ['docs/api-reference.md', apiReference(json as Readonly<Record<string, unknown>>)],
      ['docs/database-schema.md', schema],
    ])
  } finally {
    folder.remove()
  }
}
