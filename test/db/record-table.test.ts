import { expect, onTestFinished, test } from 'vitest'
import { laterRecord } from '../../db/fold-entries.ts'
import { createRecordWriter } from '../../db/sqlite/record-table.ts'
import { recordRow, recordsTable } from '../../db/tables.ts'
import { openTestDevice } from '../support/devices.ts'
import { bothOrders } from '../support/one-moment.ts'

test('[F1] [L6] what a device and its copy set at one moment is settled alike, whichever comes first', async () => {
  const { connection, close } = await openTestDevice('A')
  onTestFinished(close)
  const write = createRecordWriter(connection)
  const select = connection.raw
    .prepare(`SELECT ${recordsTable.columns.join(', ')} FROM records WHERE origin = 'twice'`)
    .raw()
  for (const [first, second] of bothOrders()) {
    connection.raw.exec("DELETE FROM records WHERE origin = 'twice'")
    write([first])
    write([second])
    const stands = laterRecord(first, second)
    expect(select.all()).toEqual([recordRow(stands)])
    expect(laterRecord(second, first)).toBe(stands)
  }
})
