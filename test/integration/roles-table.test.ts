import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '../../db/postgres/database.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { ROLES, type Role } from '../../domain/catalog.ts'
import { missingRanges } from '../../domain/log.ts'
import {
  call,
  openDevice,
  SEED_ORDER,
  testFolder,
  type TestDevice,
} from '../../main/api/test-store.ts'
import { startCentral, type Central } from '../../main/central/central.ts'
import { callerWith, storeToken } from '../support/centre-caller.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'

/**
 * Issue 5, criterion 2. What each role may do stands in the document, which is made of the very table
 * that serves; here every operation in it is called, by every role, and held to what it says.
 */
const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const SECRET = 'nobody-elses-business'
const folder = testFolder()
let mine: TestDevice
let theirs: TestDevice
let postgres: TestPostgres
let database: Database
let central: Central
let orderId = ''

beforeAll(async () => {
  mine = await openDevice(folder.dir, { name: 'A', founds: true, storeId: 'store-mine' })
  theirs = await openDevice(folder.dir, { name: 'B', founds: true, storeId: 'store-theirs' })
  const body = { ...SEED_ORDER, notes: SECRET }
  orderId = ((await call(mine, 'POST', '/api/v1/orders', body)).json as { id: string }).id
  postgres = await startTestPostgres()
  const url = await postgres.createDatabase()
  central = await startCentral({ port: 0, database: { url }, logger: quiet })
  database = openDatabase(url, () => {})
  for (const { store } of [mine, theirs]) {
    const ranges = missingRanges(store.frontier(), new Map()).flatMap(
      ({ origin, toSeq }) => store.readRange(origin, 1, toSeq, 10_000_000) ?? [],
    )
    const { storeId, deviceId } = store
    await createPostgresStore(database).applyUpload({ storeId, deviceId, ranges }, new Date())
  }
})
afterAll(async () => {
  await mine.close()
  await theirs.close()
  folder.remove()
  await central.stop()
  await database.close()
  await postgres.stop()
})

interface Listed {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly roles: readonly Role[]
  /** Who needs a manager's word for it, at times. */
  readonly approval: readonly Role[]
  readonly isOpen: boolean
}

interface Document {
  readonly paths: Record<string, Record<string, Record<string, unknown>>>
}

const operationsOf = ({ paths }: Document): Listed[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: String(operation['operationId']),
      method: method.toUpperCase() as Listed['method'],
      path: path.replace('/orders/{id}', `/orders/${orderId}`).replaceAll(/\{\w+\}/g, 'made-up'),
      roles: operation['x-roles'] as Role[],
      approval: (operation['x-approval'] as { roles: Role[] } | undefined)?.roles ?? [],
      isOpen: JSON.stringify(operation['security']) === '[]',
    })),
  )

/** Each call answers with status, code and text, whoever serves it. */
type Ask = (
  operation: Listed,
  token: string | null,
) => Promise<{ readonly status: number; readonly code: unknown; readonly text: string }>

const onDevice: Ask = async ({ method, path }, token) => {
  const { statusCode, payload } = await mine.app.inject({
    method,
    url: path,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    ...(method !== 'GET' && { payload: {} }),
  })
  const code = payload.startsWith('{"') ? (JSON.parse(payload) as { code?: unknown }).code : null
  return { status: statusCode, code, text: payload }
}

const atCentre: Ask = async ({ method, path }, token) => {
  const { status, body, text } = await callerWith(
    central,
    token,
  )(...([method, path, method === 'GET' ? undefined : {}] as const))
  return { status, code: body['code'], text }
}

async function tokensOf(where: 'device' | 'centre', store: TestDevice, role: Role) {
  return where === 'device' ? store.tokenOf[role] : storeToken(database, store.store.storeId, role)
}

describe.each([
  ['device', onDevice],
  ['centre', atCentre],
] as const)('[C4] at the %s', (where, ask) => {
  let operations: Listed[]
  beforeAll(async () => {
    const token = await tokensOf(where, mine, 'admin')
    const path = '/api/v1/openapi.json'
    const document = await ask({ ...NO_OPERATION, method: 'GET', path }, token)
    operations = operationsOf(JSON.parse(document.text) as Document)
  })

  test('nobody without a token gets past what is open to all', async () => {
    expect(operations.length).toBeGreaterThan(40)
    for (const operation of operations) {
      const { status } = await ask(operation, null)
      expect([operation.id, status === 401]).toEqual([operation.id, !operation.isOpen])
    }
  })

  test.each(ROLES)('what a %s may do is what the document says', async (role) => {
    const token = await tokensOf(where, mine, role)
    const table: [string, string][] = []
    const expected: [string, string][] = []
    for (const operation of operations) {
      const { status, code } = await ask(operation, token)
      const isRefused = status === 401 || code === 'forbidden'
      const needsWord = code === 'approval_required'
      if (needsWord) expect([operation.id, operation.approval]).toEqual([operation.id, [role]])
      table.push([operation.id, isRefused ? 'refused' : 'allowed'])
      const may = operation.isOpen || operation.roles.includes(role)
      expected.push([operation.id, may ? 'allowed' : 'refused'])
    }
    expect(table).toEqual(expected)
  })

  test.each(ROLES)('a %s of another store is nobody here', async (role) => {
    const token = await tokensOf(where, theirs, role)
    const before = mine.store.frontier()
    for (const operation of operations) {
      const { status, text } = await ask(operation, token)
      expect([operation.id, text.includes(SECRET)]).toEqual([operation.id, false])
      if (operation.isOpen) continue
      if (where === 'device') expect([operation.id, status]).toEqual([operation.id, 401])
      else if (operation.roles.includes(role) && operation.path.includes(orderId)) {
        // In the caller's own store there is no such order; what was sent is looked at before that.
        expect([404, 409, 422], operation.id).toContain(status)
      }
    }
    expect(mine.store.frontier()).toEqual(before)
  })
})

const NO_OPERATION: Listed = {
  id: '',
  method: 'GET',
  path: '',
  roles: [],
  approval: [],
  isOpen: false,
}
