import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { openTestDevice } from '../../test/support/devices.ts'
import { newOrder } from '../../test/support/orders.ts'
import { waitUntil } from '../../test/support/wait-until.ts'
import { checkpointWhenIdle } from './idle-checkpoint.ts'

test('[L1] in a quiet moment the write-ahead log is copied into the file', async () => {
  const device = await openTestDevice('A')
  const stop = checkpointWhenIdle({ store: device.store, logger: { warn: () => {} } })
  onTestFinished(() => {
    stop()
    device.close()
  })
  const isInFile = (orderId: string): boolean => readFileSync(device.file).includes(orderId)
  for (let n = 0; n < 19; n += 1) device.run({ ...newOrder(), orderId: `few-${n}` })
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(isInFile('few-0')).toBe(false)
  for (let n = 0; n < 5; n += 1) device.run({ ...newOrder(), orderId: `more-${n}` })
  await waitUntil(() => isInFile('more-4'), 10_000)
  expect(isInFile('few-0')).toBe(true)
})
