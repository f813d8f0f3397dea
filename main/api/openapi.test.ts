import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, openDevice, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let device: TestDevice
let document: Document
beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true })
  document = (await call(device, 'GET', '/api/v1/openapi.json')).json as Document
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

interface Document {
  readonly openapi: string
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, unknown> }
}
interface Operation {
  readonly operationId: string
  readonly 'x-roles': string[]
  readonly 'x-approval'?: object
  readonly parameters: { readonly name: string; readonly in: string; readonly required: boolean }[]
  readonly requestBody?: { readonly required: boolean }
  readonly responses: Record<string, unknown>
}

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

test('every endpoint of this version stands in the document, with who may call it', () => {
  expect(document.openapi).toBe('3.1.0')
  const found = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`)
  const expected = [
    'DELETE /api/v1/devices/{id}',
    'DELETE /api/v1/menu/categories/{id}',
    'DELETE /api/v1/menu/items/{id}',
    'DELETE /api/v1/menu/modifier-groups/{id}',
    'DELETE /api/v1/orders/{id}/items/{item_id}',
    'DELETE /api/v1/orders/{id}/vouchers/{voucher_id}',
    'DELETE /api/v1/printers/{id}',
    'DELETE /api/v1/staff/{id}',
    'DELETE /api/v1/stations/{id}',
    'DELETE /api/v1/tables/{id}',
    'DELETE /api/v1/tax-rates/{id}',
    'DELETE /api/v1/tokens/{id}',
    'DELETE /api/v1/webhooks/{id}',
    'GET /api/v1/alerts',
    'GET /api/v1/audit',
    'GET /api/v1/audit/export',
    'GET /api/v1/conflicts',
    'GET /api/v1/customers',
    'GET /api/v1/customers/{id}',
    'GET /api/v1/customers/{id}/export',
    'GET /api/v1/customers/{id}/orders',
    'GET /api/v1/devices',
    'GET /api/v1/drawer',
    'GET /api/v1/events',
    'GET /api/v1/inventory',
    'GET /api/v1/jobs/{id}',
    'GET /api/v1/kitchen/all-day',
    'GET /api/v1/kitchen/orders',
    'GET /api/v1/late-entries',
    'GET /api/v1/menu/categories',
    'GET /api/v1/menu/categories/{id}',
    'GET /api/v1/menu/changes',
    'GET /api/v1/menu/items',
    'GET /api/v1/menu/items/{id}',
    'GET /api/v1/menu/modifier-groups',
    'GET /api/v1/menu/modifier-groups/{id}',
    'GET /api/v1/menu/pictures/{id}',
    'GET /api/v1/menu/records/{kind}',
    'DELETE /api/v1/message-texts/{id}',
    'GET /api/v1/message-texts',
    'GET /api/v1/message-texts/{id}',
    'PUT /api/v1/message-texts/{id}',
    'GET /api/v1/notifications',
    'GET /api/v1/openapi.json',
    'GET /api/v1/orders',
    'GET /api/v1/orders/{id}',
    'GET /api/v1/orders/{id}/history',
    'GET /api/v1/printers',
    'GET /api/v1/reports/day',
    'GET /api/v1/reports/drawers',
    'GET /api/v1/reports/exceptions',
    'GET /api/v1/reports/preparation',
    'GET /api/v1/reports/sales',
    'GET /api/v1/reports/shifts',
    'GET /api/v1/reports/shifts/export',
    'GET /api/v1/reports/taxes',
    'GET /api/v1/staff',
    'GET /api/v1/staff/{id}',
    'GET /api/v1/stations',
    'GET /api/v1/stations/{id}',
    'GET /api/v1/store',
    'GET /api/v1/settings/pacing',
    'GET /api/v1/settings/paper-languages',
    'GET /api/v1/settings/receipt-text',
    'GET /api/v1/tables',
    'GET /api/v1/tables/{id}',
    'GET /api/v1/tax-rates',
    'GET /api/v1/tax-rates/{id}',
    'GET /api/v1/till-rules',
    'GET /api/v1/webhooks',
    'GET /api/v1/tokens',
    'GET /api/v1/vouchers',
    'GET /healthz',
    'GET /api/v1/courses',
    'GET /api/v1/courses/{id}',
    'PUT /api/v1/courses/{id}',
    'DELETE /api/v1/courses/{id}',
    'PUT /api/v1/devices/{id}/screen',
    'GET /api/v1/rooms',
    'GET /api/v1/rooms/{id}',
    'PUT /api/v1/rooms/{id}',
    'DELETE /api/v1/rooms/{id}',
    'GET /api/v1/table-places',
    'GET /api/v1/table-places/{id}',
    'PUT /api/v1/table-places/{id}',
    'DELETE /api/v1/table-places/{id}',
    'GET /metrics',
    'POST /api/v1/alerts/acknowledge',
    'POST /api/v1/approvals',
    'POST /api/v1/conflicts/{id}/settle',
    'POST /api/v1/customers/{id}/erase',
    'POST /api/v1/drawer/cash',
    'POST /api/v1/drawer/close',
    'POST /api/v1/drawer/no-sale',
    'POST /api/v1/drawer/open',
    'POST /api/v1/inventory/counts',
    'POST /api/v1/inventory/deliveries',
    'POST /api/v1/inventory/waste',
    'POST /api/v1/kitchen/orders/{id}/acknowledge',
    'POST /api/v1/kitchen/orders/{id}/bump',
    'POST /api/v1/kitchen/orders/{id}/hand-over',
    'POST /api/v1/kitchen/orders/{id}/prepare',
    'POST /api/v1/kitchen/orders/{id}/ready',
    'POST /api/v1/kitchen/orders/{id}/recall',
    'POST /api/v1/kitchen/orders/{id}/rush',
    'POST /api/v1/late-entries/accept',
    'POST /api/v1/menu/changes',
    'POST /api/v1/menu/changes/withdraw',
    'POST /api/v1/menu/import',
    'POST /api/v1/menu/pictures',
    'POST /api/v1/notifications/inbound-sms',
    'POST /api/v1/orders',
    'POST /api/v1/orders/bulk',
    'POST /api/v1/orders/{id}/cancel',
    'POST /api/v1/orders/{id}/courses/{course}/fire',
    'POST /api/v1/orders/{id}/courses/{course}/hold',
    'POST /api/v1/orders/{id}/items',
    'POST /api/v1/orders/{id}/items/{item_id}/move',
    'POST /api/v1/orders/{id}/merge',
    'POST /api/v1/orders/{id}/payment-intents/{intent_id}/cancel',
    'POST /api/v1/orders/{id}/payment-intents/{intent_id}/settle',
    'POST /api/v1/orders/{id}/payments',
    'POST /api/v1/orders/{id}/payments/{payment_id}/refund',
    'POST /api/v1/orders/{id}/receipt',
    'POST /api/v1/orders/{id}/vouchers',
    'POST /api/v1/printers/{id}/test',
    'POST /api/v1/reports/day/print',
    'POST /api/v1/tokens',
    'POST /api/v1/vouchers/find',
    'POST /api/v1/vouchers/{voucher_id}/settle',
    'POST /api/v1/webhooks',
    'POST /api/v1/webhooks/{id}/resume',
    'PUT /api/v1/customers/{id}',
    'PUT /api/v1/menu/categories/{id}',
    'PUT /api/v1/menu/items/{id}',
    'PUT /api/v1/menu/items/{id}/availability',
    'PUT /api/v1/menu/modifier-groups/{id}',
    'PUT /api/v1/orders/{id}',
    'PUT /api/v1/orders/{id}/discount',
    'PUT /api/v1/orders/{id}/items/{item_id}',
    'PUT /api/v1/orders/{id}/items/{item_id}/comp',
    'PUT /api/v1/orders/{id}/service-charge',
    'PUT /api/v1/orders/{id}/split',
    'PUT /api/v1/orders/{id}/status',
    'PUT /api/v1/printers/{id}',
    'PUT /api/v1/settings/pacing',
    'PUT /api/v1/settings/paper-languages',
    'PUT /api/v1/settings/receipt-text',
    'PUT /api/v1/staff/{id}',
    'PUT /api/v1/stations/{id}',
    'PUT /api/v1/store',
    'PUT /api/v1/tables/{id}',
    'PUT /api/v1/tax-rates/{id}',
    'PUT /api/v1/till-rules',
  ]
  expect(found.toSorted()).toEqual(expected.toSorted())
  const refund = document.paths['/api/v1/orders/{id}/payments/{payment_id}/refund']?.['post']
  expect(refund?.['x-roles']).toEqual(['cashier', 'manager', 'admin'])
  expect(refund?.['x-approval']).toEqual({ roles: ['cashier'], when: 'always' })
})

test('operations have names of their own, and a parameter for each brace of their path', () => {
  const ids = operations().map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { path, operation } of operations()) {
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path')
    const braces = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    expect([path, inPath.map(({ name }) => name)]).toEqual([path, braces])
  }
  const required = (path: string, method: string) =>
    document.paths[path]?.[method]?.requestBody?.required
  expect(required('/api/v1/orders', 'post')).toBe(true)
  expect(required('/api/v1/kitchen/orders/{id}/ready', 'post')).toBe(false)
})

test('every reference in it leads to a component', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  )
  expect(references.length).toBeGreaterThan(20)
  const known = Object.keys(document.components.schemas)
  for (const reference of references) {
    expect(reference).toMatch(/^#\/components\/schemas\/\w+$/)
    expect(known).toContain(reference.split('/').at(-1))
  }
})

test('the page of it needs nothing from anywhere, and runs no script', async () => {
  const { statusCode, headers, payload } = await device.app.inject('/docs')
  expect(statusCode).toBe(200)
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(payload).not.toMatch(/<script|src=|https?:\/\//)
  for (const { path } of operations()) expect(payload).toContain(path)
  expect(payload).toContain('id="idempotency_key_reused"')
})
