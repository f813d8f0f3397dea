import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { createJobTable } from '../../db/sqlite/jobs.ts'
import { openConnection } from '../../db/sqlite/connection.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import type { RestJobResult } from '../../protocol/rest/job.ts'
import { noQuery } from '../../protocol/rest/values.ts'
import { createDeviceBox } from '../jobs/device-box.ts'
import { commandIdOf, startJobs } from '../jobs/worker.ts'
import { createDeviceStore } from './device-store.ts'
import { MAX_JOB_TRIES, MAX_WAITING_JOBS } from './limits.ts'
import { route } from './route.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let device: TestDevice
beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true })
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

interface Job {
  readonly id: string
  readonly state: 'waiting' | 'done'
  readonly total: number
  readonly done: number
  readonly failed: number
  readonly results: { readonly data: RestJobResult[]; readonly next_cursor: string | null }
}

const BULK = '/api/v1/orders/bulk'
const handIn = (body: unknown, options = {}, on = device) => call(on, 'POST', BULK, body, options)
const look = async (id: string, query = '', on = device): Promise<Job> =>
  (await call(on, 'GET', `/api/v1/jobs/${id}${query}`)).json as Job

async function finished(id: string, on = device): Promise<Job> {
  await expect.poll(async () => (await look(id, '', on)).state, { timeout: 15_000 }).toBe('done')
  return look(id, '?limit=200', on)
}

const create = (notes: string) => ({ operation: 'createOrder', body: { ...SEED_ORDER, notes } })

test('[H2] a job is taken at once, and each of its commands comes to what a request of its own would', async () => {
  const before = (await call(device, 'POST', '/api/v1/orders', SEED_ORDER)).json as RestOrder
  const params = { id: before.id }
  const answer = await handIn({
    commands: [
      create('first'),
      { operation: 'updateOrder', params, body: { notes: 'later' }, if_match: 1 },
      { operation: 'updateOrder', params, body: { notes: 'stale' }, if_match: 1 },
      { operation: 'cancelOrder', params: { id: 'nowhere' }, body: { reason: 'x' } },
      { operation: 'setOrderStatus', params, body: { status: 'confirmed' } },
    ],
  })
  expect(answer).toMatchObject({ status: 202, json: { state: 'waiting', total: 5 } })
  const { id } = answer.json as Job
  expect(answer.headers['location']).toBe(`/api/v1/jobs/${id}`)
  const job = await finished(id)
  expect(job).toMatchObject({ total: 5, done: 3, failed: 2 })
  expect(job.results.data.map(({ status }) => status)).toEqual([201, 200, 412, 404, 200])
  const [created, , stale, nowhere, confirmed] = job.results.data
  expect(created).toMatchObject({ order: { notes: 'first', total: { amount: 3_049 } } })
  expect(stale).toMatchObject({ problem: { code: 'version_mismatch' }, order: null })
  expect(nowhere).toMatchObject({ problem: { code: 'order_not_found' } })
  expect(confirmed).toMatchObject({ order: { status: 'confirmed', notes: 'later' } })
  const page = await look(id, '?limit=2')
  expect(page.results.data.map(({ place }) => place)).toEqual([0, 1])
  const next = await look(id, `?limit=2&cursor=${page.results.next_cursor ?? ''}`)
  expect(next.results.data.map(({ place }) => place)).toEqual([2, 3])
})

test('[H2] what is misspelt is told before anything is taken, and a role may no more than it may', async () => {
  const misspelt = await handIn({ commands: [create('x'), { operation: 'createOrder', body: {} }] })
  expect(misspelt).toMatchObject({ status: 422, json: { code: 'validation_failed' } })
  const barred = await handIn({ orders: [SEED_ORDER] }, { role: 'kitchen' })
  expect(barred).toMatchObject({ status: 403, json: { code: 'forbidden' } })
  const { json } = await handIn({ orders: [SEED_ORDER] }, { role: 'service' })
  const url = `/api/v1/jobs/${(json as Job).id}`
  expect((await call(device, 'GET', url, undefined, { role: 'service' })).status).toBe(200)
  expect((await call(device, 'GET', url, undefined, { role: 'cashier' })).status).toBe(404)
  await finished((json as Job).id)
})

test('[H2] the same job under one key is one job, also when it comes three times at once', async () => {
  const keyed = { headers: { 'idempotency-key': 'night-import' } }
  const body = { orders: [{ ...SEED_ORDER, notes: 'once' }] }
  const answers = await Promise.all([1, 2, 3].map(() => handIn(body, keyed)))
  expect(new Set(answers.map(({ json }) => (json as Job).id)).size).toBe(1)
  await finished((answers[0]!.json as Job).id)
  const reused = await handIn({ orders: [SEED_ORDER] }, keyed)
  expect(reused.json).toMatchObject({ code: 'idempotency_key_reused' })
  const { json } = await call(device, 'GET', '/api/v1/orders?limit=200')
  const once = (json as { data: RestOrder[] }).data.filter(({ notes }) => notes === 'once')
  expect(once).toHaveLength(1)
})

test('[H2] a process that dies between a command and its result doubles nothing', async () => {
  const dying = await openDevice(folder.dir, { name: 'D', founds: true })
  const total = 12
  const orders = Array.from({ length: total }, (_, i) => ({ ...SEED_ORDER, notes: `n${i}` }))
  const { id } = (await handIn({ orders }, {}, dying)).json as Job
  await expect
    .poll(async () => (await look(id, '', dying)).done, { timeout: 15_000, interval: 1 })
    .toBeGreaterThan(2)
  await dying.close()

  // As if the last commit of the queue had not reached the disk, and the order had.
  const connection = await openConnection(dying.file)
  const { place } = connection.raw
    .prepare('SELECT max(place) AS place FROM job_commands WHERE status IS NOT NULL')
    .get() as { place: number }
  const box = createDeviceBox(dying.keys.privateKey)
  const given = JSON.stringify({ operation: 'createOrder', body: orders[place] })
  connection.raw
    .prepare('UPDATE job_commands SET status = NULL, order_id = NULL, given = ? WHERE place = ?')
    .run(box.seal(given, commandIdOf(id, place)), place)
  connection.raw.prepare('UPDATE jobs SET done = done - 1, finished_at = NULL').run()
  connection.close()

  const { tokenOf, keys } = dying
  const again = await openDevice(folder.dir, { name: 'D', founds: true, tokenOf, keys })
  onTestFinished(() => again.close())
  const job = await finished(id, again)
  expect(job).toMatchObject({ done: total, failed: 0 })
  expect(new Set(job.results.data.map(({ order_id: orderId }) => orderId)).size).toBe(total)
  const { json } = await call(again, 'GET', '/api/v1/orders?limit=200')
  expect((json as { data: RestOrder[] }).data).toHaveLength(total)
  expect((await verifyFile(again.store.connection)).fault).toBeNull()
})

test('[H2] what fails for a fault of the device is tried again, later each time, and not for ever', async () => {
  const own = await openDevice(folder.dir, { name: 'F', founds: true })
  onTestFinished(() => own.close())
  const jobs = createJobTable(own.store.connection)
  const box = createDeviceBox('key')
  const job = { id: 'job.f', commandId: 'c', role: 'admin', actor: 'token:x', tokenHash: 'h' }
  jobs.add({ ...job, createdAt: '2026-01-01T00:00:00Z' }, [
    { operation: 'fails', given: box.seal('{"operation":"fails"}', commandIdOf('job.f', 0)) },
  ])
  const triedAt: number[] = []
  let nowMs = 0
  const fails = route({
    method: 'POST',
    path: '/fails',
    operationId: 'fails',
    summary: 'Fails.',
    roles: null,
    query: noQuery,
    answer: { status: 200, schema: z.unknown() },
    handle: () => {
      triedAt.push(nowMs)
      throw new Error('the disk is full')
    },
  })
  const worker = startJobs({
    jobs,
    box,
    store: createDeviceStore({
      store: own.store,
      alerts: own.alerts,
      ...own.people,
      ...own.personalData,
      nowMs: Date.now,
    }),
    routes: new Map([['fails', fails]]),
    // As fast as it looks: the waits are the queue's, and not the test's.
    nowMs: () => (nowMs += 30_000),
    logger: { error: () => undefined },
  })
  onTestFinished(worker.stop)
  await expect.poll(() => jobs.find('job.f')?.finishedAt, { timeout: 15_000 }).toBeTruthy()
  expect(triedAt).toHaveLength(MAX_JOB_TRIES)
  const [result] = jobs.results(jobs.find('job.f')!, -1, 10)
  expect(result).toMatchObject({ status: 500, tries: MAX_JOB_TRIES })
})

test('[H2] [P3] only so many jobs wait, and what one says of guests does not lie readable in the file', async () => {
  const own = await openDevice(folder.dir, { name: 'L', founds: true })
  onTestFinished(() => own.close())
  const name = 'Zebulon Quartermain'
  const orders = Array.from({ length: 200 }, () => ({ ...SEED_ORDER, customer: { name } }))
  const answers = []
  for (let i = 0; i <= MAX_WAITING_JOBS; i += 1) answers.push(await handIn({ orders }, {}, own))
  const full = answers.filter(({ status }) => status === 429)
  expect(full[0]).toMatchObject({ json: { code: 'too_many_jobs' } })
  expect(full[0]?.headers['retry-after']).toBe('5')
  const file = [own.file, `${own.file}-wal`].map((path) => readFileSync(path).toString('latin1'))
  expect(file.join('')).not.toContain('Zebulon')
})
