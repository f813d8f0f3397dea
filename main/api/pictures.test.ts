import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { jpegOf, SMALL_WEBP, webpOf } from '../../test/support/pictures.ts'
import { call, openDevice, sync, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let device: TestDevice
let other: TestDevice
beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true })
  other = await openDevice(folder.dir, { name: 'B', founds: false })
})
afterAll(async () => {
  await device.close()
  await other.close()
  folder.remove()
})

const PICTURES = '/api/v1/menu/pictures'
const add = (data: string, role: 'manager' | 'cashier' = 'manager') =>
  call(device, 'POST', PICTURES, { data }, { role })
const idOf = ({ json }: { readonly json: unknown }) => (json as { id: string }).id
const show = (picture_id: string | null, id = 'burger-classic') =>
  call(device, 'POST', '/api/v1/menu/changes', {
    changes: [{ kind: 'item_picture', id, value: picture_id === null ? null : { picture_id } }],
  })
const imageUrlOf = async (id: string) =>
  ((await call(device, 'GET', `/api/v1/menu/items/${id}`)).json as { image_url: string | null })
    .image_url

test('[G8] a picture is kept under its name, shown by an item, and answered as what it is', async () => {
  const added = await add(SMALL_WEBP)
  expect([added.status, added.json]).toMatchObject([
    200,
    { type: 'image/webp', width: 1, height: 1 },
  ])
  const seq = device.store.frontier().get('o-A')
  expect((await add(SMALL_WEBP)).json).toEqual(added.json)
  expect(device.store.frontier().get('o-A')).toBe(seq)
  expect(await imageUrlOf('burger-classic')).toBeNull()
  expect((await show(idOf(added))).status).toBe(200)
  const url = await imageUrlOf('burger-classic')
  expect(url).toBe((added.json as { image_url: string }).image_url)
  const got = await device.app.inject({
    url: url ?? '',
    headers: { authorization: `Bearer ${device.tokenOf.kitchen}` },
  })
  expect(got.rawPayload.toString('base64')).toBe(SMALL_WEBP)
  expect(got.headers).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  expect((await device.app.inject({ url: url ?? '' })).statusCode).toBe(401)
})

test('[G8] its bytes are in no catalog and no list of changes, and every device has them', async () => {
  const { store } = device
  expect(store.catalog().picture.size).toBe(0)
  expect(store.recordVersions().some(({ kind }) => kind === 'picture')).toBe(false)
  sync(store, other.store)
  const digest = digestOf(store.connection)
  expect(digestOf(other.store.connection)).toBe(digest)
  rebuildProjections(other.store.connection)
  expect(digestOf(other.store.connection)).toBe(digest)
  const there = await call(other, 'GET', (await imageUrlOf('burger-classic')) ?? '')
  expect([there.status, there.headers['content-type']]).toEqual([200, 'image/webp'])
})

test('[G8] what is no small picture is refused by its place, and nobody shows what is not there', async () => {
  const before = digestOf(device.store.connection)
  const bad = [
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'),
    webpOf(9, 9, 64 * 1024).toString('base64'),
    jpegOf(900, 9).toString('base64'),
    'not base64!',
  ]
  for (const data of bad) {
    const refused = await add(data)
    expect([refused.status, refused.json]).toMatchObject([
      422,
      { code: 'validation_failed', errors: [{ path: 'data' }] },
    ])
  }
  expect((await add(SMALL_WEBP, 'cashier')).status).toBe(403)
  const lost = await show('0'.repeat(64))
  expect([lost.status, lost.json]).toMatchObject([
    422,
    { errors: [{ path: 'changes.0.value.picture_id' }] },
  ])
  const unknown = await call(device, 'GET', `${PICTURES}/${'0'.repeat(64)}`)
  expect([unknown.status, unknown.json]).toMatchObject([404, { code: 'picture_not_found' }])
  expect(digestOf(device.store.connection)).toBe(before)
})

test('[G8] an import brings pictures under their own names alone', async () => {
  const bytes = jpegOf(8, 8)
  const id = idOf(await add(bytes.toString('base64')))
  const value = { type: 'image/jpeg', base64: bytes.toString('base64') }
  const post = (records: object[]) => call(device, 'POST', '/api/v1/menu/import', { records })
  expect((await post([{ kind: 'picture', id, value }])).status).toBe(200)
  const wrong = await post([
    { kind: 'picture', id: 'f'.repeat(64), value },
    { kind: 'picture', id, value: { ...value, type: 'image/webp' } },
    { kind: 'item_picture', id: 'cola', value: { pictureId: 'e'.repeat(64) } },
  ])
  expect(wrong.json).toMatchObject({
    errors: [
      { path: 'records.0.id' },
      { path: 'records.1.id' },
      { path: 'records.2.value.pictureId' },
    ],
  })
})

test('[G8] bytes that are not what their name says are given to nobody', async () => {
  const id = 'a'.repeat(64)
  const forged = {
    type: 'record.set',
    kind: 'picture',
    id,
    value: { type: 'image/webp', base64: SMALL_WEBP },
  } satisfies RecordEvent
  device.store.setRecords({
    id: 'forged',
    at: new Date().toISOString(),
    actor: 'test',
    command: [forged],
  })
  expect((await call(device, 'GET', `${PICTURES}/${id}`)).status).toBe(404)
})
