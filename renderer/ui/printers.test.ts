import { expect, test } from 'vitest'
import { emptyCatalog, type Printer } from '../../domain/catalog.ts'
import { paperReader } from '../../domain/paper-tickets.ts'
import type { TicketView } from '../../domain/order-view.ts'
import type { PrinterState } from '../../protocol/paper.ts'
import { isSeen, seenText } from '../pos/open-orders.ts'
import { listPrinters, printerTroubles } from './printers.ts'

const NOW_MS = 1_000_000

function catalogWith(...names: string[]) {
  const catalog = emptyCatalog()
  const printer: Printer = {
    name: '',
    address: '10.0.0.9:9100',
    columns: 42,
    codepage: 'cp858',
    receiptsOf: [],
    slipsOf: [],
    fallbackFor: ['grill'],
    drawer: false,
  }
  for (const name of names) catalog.printer.set(name.toLowerCase(), { ...printer, name })
  return catalog
}

const state = (change: Partial<PrinterState>): PrinterState => ({
  printerId: 'kitchen',
  trouble: null,
  waiting: 0,
  lastPrintedMs: null,
  lastAnsweredMs: NOW_MS,
  dropped: 0,
  unprintable: [],
  ...change,
})

test('[R2] a till says in words how each printer stands, and in its strip what needs a person', () => {
  const catalog = catalogWith('Kitchen', 'Office')
  const textOf = (change: Partial<PrinterState>) =>
    listPrinters(catalog, [state(change)], NOW_MS).map(({ name, health, text, note }) => [
      name,
      health,
      text,
      note,
    ])[0]
  expect(textOf({})).toEqual(['Kitchen', 'good', 'Ready, nothing printed yet', null])
  expect(textOf({ lastPrintedMs: NOW_MS - 5_000 })?.[2]).toBe('Ready, printed 5 s ago')
  expect(textOf({ trouble: 'paper_out', waiting: 3, dropped: 2 })).toEqual([
    'Kitchen',
    'bad',
    'Out of paper, 3 waiting',
    '2 jobs were given up',
  ])
  expect(textOf({ unprintable: ['你', '好'] })?.[3]).toBe('Cannot print 你 好')
  expect(listPrinters(catalog, [state({})], NOW_MS)[1]).toMatchObject({
    name: 'Office',
    health: 'off',
    uses: 'Fallback for grill',
  })
  expect(printerTroubles(catalog, [state({})])).toEqual([])
  expect(printerTroubles(catalog, [state({ trouble: 'unreachable', waiting: 1 })])).toEqual([
    'Kitchen: not reached, 1 waiting',
  ])
})

test('[K2] a ticket on paper counts as acknowledged, and is not said to have been seen', () => {
  const ticket = (...readers: string[]): TicketView => ({
    id: 't',
    stationId: 'grill',
    firingNumber: 1,
    firedAt: '2026-01-01T12:00:00.000Z',
    firedBy: 'staff:a',
    firedFrom: 'A',
    lineIds: ['l'],
    bumped: false,
    bumpedAt: null,
    rushedAt: null,
    handedAt: null,
    seenBy: readers.map((deviceId) => ({ deviceId, at: '2026-01-01T12:01:00.000Z' })),
  })
  const catalog = catalogWith('Kitchen')
  const fallback = paperReader('fallback', 'kitchen')
  expect(seenText(ticket(fallback), catalog)).toBe('Printed as fallback on Kitchen')
  expect(seenText(ticket(paperReader('slip', 'kitchen')), catalog)).toBe('Printed on Kitchen')
  expect(seenText(ticket(fallback, 'screen-1'), catalog)).toBe('Seen by screen-1')
  expect([isSeen(ticket()), isSeen(ticket(fallback))]).toEqual([false, true])
})
