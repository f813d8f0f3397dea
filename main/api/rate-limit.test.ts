import { expect, onTestFinished, test } from 'vitest'
import { createRateLimit } from './rate-limit.ts'
import { call, openDevice, testFolder } from './test-store.ts'

test('[H4] a caller that asks too often is told when to come again, and no other one is', async () => {
  const folder = testFolder()
  const device = await openDevice(folder.dir, { name: 'A', founds: true, requestsPerMinute: 60 })
  onTestFinished(async () => {
    await device.close()
    folder.remove()
  })
  const ask = (role: 'admin' | 'cashier') =>
    call(device, 'GET', '/api/v1/store', undefined, { role })
  const answers = []
  for (let i = 0; i < 12; i += 1) answers.push(await ask('admin'))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]).toMatchObject({ json: { code: 'too_many_requests', retry_after: 1 } })
  expect(refused[0]?.headers['retry-after']).toBe('1')
  expect((await ask('cashier')).status).toBe(200)
  expect((await device.app.inject('/healthz')).statusCode).toBe(200)
})

test('[H4] who asks little saves up for some seconds, and no more', () => {
  let atMs = 0
  const limit = createRateLimit(600, () => atMs)
  const takeAll = () => {
    let taken = 0
    while (limit.take('x').ok) taken += 1
    return taken
  }
  expect(takeAll()).toBe(100)
  atMs += 1_000
  expect(takeAll()).toBe(10)
  atMs += 3_600_000
  expect(takeAll()).toBe(100)
})
