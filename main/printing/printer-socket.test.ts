import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  startPrinter,
  textsOf,
  type PrinterSimulator,
} from '../../test/support/printer-simulator.ts'
import { encodeDrawerKick, encodePaper } from './esc-pos.ts'
import { createLayout } from './layout.ts'
import { sendToPrinter } from './printer-socket.ts'

const limits = { connectMs: 2_000, statusMs: 300, writeMs: 2_000, printedMs: 600 }
const layout = createLayout(42)
const { bytes } = encodePaper(
  {
    columns: 42,
    lines: [
      ...layout.centered('A-017', { size: 'large', isBold: true }),
      ...layout.pair('2 Café', '12.50'),
      ...layout.text('VOID', { isInverted: true }),
    ],
  },
  { columns: 42, codepage: 'cp858' } as never,
)

let printer: PrinterSimulator
beforeEach(async () => {
  printer = await startPrinter()
})
afterEach(() => printer.close())

test('[R2] a printer that says how it is confirms what came out, in the sizes that were meant', async () => {
  const outcome = await sendToPrinter(printer.address, bytes, { limits })
  expect(outcome).toEqual({ kind: 'printed', isConfirmed: true })
  const [paper] = printer.papers()
  expect(paper?.wasCut).toBe(true)
  const [number, sold, mark] = paper?.lines ?? []
  expect(number).toMatchObject({ isBold: true, width: 2, height: 2 })
  expect(number?.text.trim()).toBe('A-017')
  expect(sold).toMatchObject({ isBold: false, width: 1, height: 1 })
  expect(sold?.text).toMatch(/^2 Caf\x82 +12\.50$/)
  expect(mark).toMatchObject({ text: 'VOID', isInverted: true })
})

test('[R2] a printer that says nothing is believed to have printed what it took', async () => {
  printer.behave({ answersStatus: false })
  const outcome = await sendToPrinter(printer.address, bytes, { limits })
  expect(outcome).toEqual({ kind: 'printed', isConfirmed: false })
  expect(printer.papers().map(textsOf)).toEqual([
    ['A-017', '2 Caf\x82                               12.50', 'VOID'],
  ])
})

test('[R2] a printer without paper, or open, gets nothing and says why', async () => {
  printer.behave({ isOutOfPaper: true })
  expect(await sendToPrinter(printer.address, bytes, { limits })).toEqual({
    kind: 'not_sent',
    fault: 'paper_out',
  })
  printer.behave({ isOutOfPaper: false, isCoverOpen: true })
  expect(await sendToPrinter(printer.address, bytes, { limits })).toEqual({
    kind: 'not_sent',
    fault: 'cover_open',
  })
  expect(printer.papers()).toEqual([])
})

test('[R2] a connection that breaks in the middle is told apart from one that never was', async () => {
  printer.behave({ breaksAfterLines: 2 })
  expect(await sendToPrinter(printer.address, bytes, { limits })).toEqual({
    kind: 'unknown',
    fault: 'broke_off',
  })
  await printer.close()
  expect(await sendToPrinter(printer.address, bytes, { limits })).toEqual({
    kind: 'not_sent',
    fault: 'unreachable',
  })
  expect(await sendToPrinter('nowhere', bytes, { limits })).toEqual({
    kind: 'not_sent',
    fault: 'bad_address',
  })
  printer = await startPrinter()
})

test('[R2] a printer that is slower than anybody waits may have printed it', async () => {
  printer.behave({ printsForMs: 5_000 })
  expect(await sendToPrinter(printer.address, bytes, { limits })).toMatchObject({ kind: 'unknown' })
})

test('[R2] who is not a printer and talks without end costs a bounded wait', async () => {
  const chatter = createServer((socket) => {
    socket.on('error', () => undefined)
    const talking = setInterval(() => socket.write(Buffer.alloc(60_000, 0xff)), 5)
    socket.on('close', () => clearInterval(talking))
  })
  await new Promise<void>((resolve) => chatter.listen(0, '127.0.0.1', resolve))
  const { port } = chatter.address() as AddressInfo
  const outcome = await sendToPrinter(`127.0.0.1:${port}`, bytes, { limits })
  expect(outcome).toEqual({ kind: 'printed', isConfirmed: false })
  await new Promise((resolve) => chatter.close(resolve))
})

test('[R3] the drawer opens by a pulse, and nothing is printed for it', async () => {
  const kick = encodeDrawerKick()
  expect(await sendToPrinter(printer.address, kick.bytes, { limits })).toMatchObject({
    kind: 'printed',
  })
  expect([printer.pulses(), printer.papers()]).toEqual([1, []])
})
