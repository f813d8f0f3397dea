import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  startPrinter,
  textsOf,
  type PrinterSimulator,
} from '../../test/support/printer-simulator.ts'
import { waitUntil } from '../../test/support/wait-until.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from './test-store.ts'

const WAIT_MS = 15_000
const PRINTERS = '/api/v1/printers'
const PRINTER = `${PRINTERS}/front`

const folder = testFolder()
let device: TestDevice
let printer: PrinterSimulator
let orderId: string
beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true })
  printer = await startPrinter()
  const made = await call(device, 'POST', '/api/v1/orders', SEED_ORDER)
  orderId = (made.json as { id: string }).id
})
afterAll(async () => {
  await device.close()
  await printer.close()
  folder.remove()
})
afterEach(async () => {
  await call(device, 'DELETE', PRINTER)
})

const setUp = (change: object = {}) =>
  call(device, 'PUT', PRINTER, {
    name: 'Front',
    address: printer.address,
    receipts_of: ['A'],
    ...change,
  })
const receipt = (query = '', headers: Record<string, string> = {}) =>
  call(device, 'POST', `/api/v1/orders/${orderId}/receipt${query}`, undefined, { headers })

test('[R2] printers are set up, listed with how they stand, and taken away', async () => {
  expect((await setUp({ drawer: true, fallback_for: ['grill'] })).json).toMatchObject({
    id: 'front',
    columns: 42,
    codepage: 'cp858',
    receipts_of: ['A'],
    fallback_for: ['grill'],
    drawer: true,
  })
  const listed = async () =>
    (await call(device, 'GET', PRINTERS, undefined, { role: 'cashier' })).json as {
      data: { state: { last_answered_at: string | null; trouble: string | null } | null }[]
    }
  await waitUntil(async () => (await listed()).data[0]?.state?.last_answered_at != null, WAIT_MS)
  expect((await listed()).data[0]?.state).toMatchObject({ trouble: null, waiting: 0, dropped: 0 })
  expect(await call(device, 'DELETE', PRINTER)).toMatchObject({ status: 200 })
  expect((await listed()).data).toEqual([])
  expect(await call(device, 'DELETE', PRINTER)).toMatchObject({
    status: 404,
    json: { code: 'printer_not_found' },
  })
})

test('[R2] a printer that cannot be is refused with each of its faults', async () => {
  const refused = await setUp({
    address: 'printer',
    slips_of: ['grill', 'sushi'],
    receipts_of: ['Z'],
  })
  expect(refused).toMatchObject({ status: 422, json: { code: 'validation_failed' } })
  const { errors } = refused.json as { errors: { path: string }[] }
  expect(errors.map(({ path }) => path)).toEqual(['address', 'receipts_of.0', 'slips_of.1'])
  expect(await setUp({ columns: 40 })).toMatchObject({ status: 422 })
  expect(await call(device, 'PUT', PRINTER, {}, { role: 'cashier' })).toMatchObject({
    status: 403,
  })
})

test('[R1] a receipt is printed on the till’s printer, once for each key, and the next is a duplicate', async () => {
  expect(await receipt()).toMatchObject({ status: 409, json: { code: 'no_printer' } })
  await setUp()
  const key = { 'idempotency-key': 'receipt-1' }
  const asked = [await receipt('', key), await receipt('', key), await receipt()]
  expect(asked).toMatchObject([
    { status: 202, json: { printer_id: 'front', duplicate: false } },
    { status: 202, json: { printer_id: 'front', duplicate: false } },
    { status: 202, json: { printer_id: 'front', duplicate: true } },
  ])
  await waitUntil(() => printer.papers().length >= 2, WAIT_MS)
  const [first, second] = printer.papers().map((paper) => textsOf(paper).join(' | '))
  expect(first).toMatch(/^Test \| A-001 \| BILL - NOT PAID .*Table 5.*2 Classic burger/)
  expect(first).not.toContain('DUPLICATE')
  expect(second?.match(/DUPLICATE/g)).toHaveLength(2)
  expect(printer.papers()).toHaveLength(2)
})

test('[R1] the receipt can be looked at as a page or as text, and then nothing is printed', async () => {
  const before = printer.papers().length
  await setUp()
  const text = await receipt('?format=text')
  expect(text.headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(text.text).toMatch(/2 Classic burger +\d+\.\d\d\n {2}Extra cheese/)
  const html = await receipt('?format=html')
  expect(html.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(html.headers['content-security-policy']).toContain("default-src 'none'")
  expect(html.text).toContain('Classic burger')
  expect(await receipt('?format=pdf')).toMatchObject({ status: 422 })
  expect(printer.papers()).toHaveLength(before)
})

test('[R1] a test page and the Z report come out of the printer', async () => {
  await setUp()
  const before = printer.papers().length
  expect(await call(device, 'POST', `${PRINTER}/test`)).toMatchObject({ status: 202 })
  expect(await call(device, 'POST', `${PRINTERS}/none/test`)).toMatchObject({ status: 404 })
  expect(await call(device, 'POST', '/api/v1/reports/day/print')).toMatchObject({ status: 202 })
  await waitUntil(() => printer.papers().length >= before + 2, WAIT_MS)
  const [page, report] = printer.papers().slice(before).map(textsOf)
  expect(page).toContain('123456789012345678901234567890123456789012')
  expect(report?.slice(0, 2)).toEqual(['Test', 'Z report'])
  expect(report?.join('\n')).toMatch(/Total \(\d+\) +\d+\.\d\d/)
})

test('[R3] a line in the journal of the drawer opens it', async () => {
  await setUp({ drawer: true })
  const before = printer.pulses()
  const papersBefore = printer.papers().length
  await call(device, 'POST', '/api/v1/drawer/open', { float: 10_000 })
  await waitUntil(() => printer.pulses() === before + 1, WAIT_MS)
  await call(device, 'POST', '/api/v1/drawer/no-sale', { reason: 'change for a guest' })
  await waitUntil(() => printer.pulses() === before + 2, WAIT_MS)
  expect(printer.papers()).toHaveLength(papersBefore)
})
