import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { call, openDevice, testFolder, type TestDevice, type TestFolder } from './test-store.ts'

const TOKENS = '/api/v1/tokens'
let folder: TestFolder
let device: TestDevice

beforeAll(async () => {
  folder = testFolder()
  device = await openDevice(folder.dir, { name: 'A', founds: true })
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

test('[A6] a token is made, shown once, listed without what opens anything, and ended', async () => {
  const made = await call(device, 'POST', TOKENS, { role: 'service', label: 'web shop' })
  expect([made.status, made.headers['cache-control']]).toEqual([201, 'no-store'])
  const { id, token } = made.json as { id: string; token: string }
  const asks = async () => {
    const headers = { authorization: `Bearer ${token}` }
    return (await device.app.inject({ method: 'GET', url: '/api/v1/orders', headers })).statusCode
  }
  expect(await asks()).toBe(200)
  const list = await call(device, 'GET', TOKENS)
  expect(list.json).toMatchObject({
    data: expect.arrayContaining([
      expect.objectContaining({ id, role: 'service', label: 'web shop' }),
    ]),
  })
  expect(list.text).not.toContain(token)
  expect(readFileSync(device.file).includes(token)).toBe(false)

  expect((await call(device, 'DELETE', `${TOKENS}/${id}`)).json).toMatchObject({
    label: 'web shop',
  })
  expect(await asks()).toBe(401)
  expect((await call(device, 'DELETE', `${TOKENS}/${id}`)).json).toMatchObject({
    code: 'token_not_found',
  })
  const journal = (kind: 'token_made' | 'token_ended') => device.store.journal.newest(kind, 5)
  expect([...journal('token_made'), ...journal('token_ended')]).toMatchObject([
    { actor: 'token:admin', value: { tokenId: id, role: 'service', label: 'web shop' } },
    { actor: 'token:admin', value: { tokenId: id, label: 'web shop' } },
  ])
})

test('[A6] a label is one line', async () => {
  for (const label of ['', ' ', 'a\nb', 'x'.repeat(81)]) {
    expect((await call(device, 'POST', TOKENS, { role: 'cashier', label })).status).toBe(422)
  }
})
