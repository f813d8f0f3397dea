import { describe, expect, test } from 'vitest'
import { ALERT_KINDS } from '../../domain/alert-kinds.ts'
import {
  ALERT_ROLES,
  alertsOf,
  CARD_AFTER_MS,
  CENTRE_AFTER_MS,
  isShownTo,
  WAITS_AFTER_MS,
  type AlertFacts,
} from '../../domain/alerts.ts'
import type { JournalLine } from '../../domain/journal.ts'
import type { StockRow } from '../../domain/stock-list.ts'
import { smallCatalog } from '../support/orders.ts'

const NOW = Date.UTC(2026, 5, 1, 12)
const ago = (ms: number) => new Date(NOW - ms).toISOString()

const order = (more: object): AlertFacts['orders'] extends Iterable<infer O> ? O : never => ({
  ...{ id: 'o1', number: 'A-001', status: 'pending', channel: 'online', createdAt: ago(0) },
  ...{ promisedFor: null, scheduledFor: null, intents: [] },
  ...more,
})
const row = (more: Partial<StockRow>): StockRow => ({
  ...{ subject: 'ingredient/beef', kind: 'ingredient', id: 'beef', name: 'Beef', unit: 'g' },
  ...{ parMilli: 1_000, levelMilli: 500, low: false, oversold: false },
  ...{ deliveredMilli: 0, wastedMilli: 0, usedMilli: 0, countedAt: null, countedBy: null },
  ...more,
})
const facts = (more: Partial<AlertFacts> = {}): AlertFacts => ({
  ...{ catalog: smallCatalog(), orders: [], stock: [], left: [], printers: [], lines: [] },
  ...{ centreLacksSinceMs: null, nowMs: NOW },
  ...more,
})
const kinds = (more: Partial<AlertFacts>) => alertsOf(facts(more)).map(({ kind }) => kind)
const intent = (state: string, ms: number) => ({ id: 'i1', state, at: ago(ms) }) as never

describe('[N3] what is an alert, and from when on', () => {
  test.each<[string, Partial<AlertFacts>, string[]]>([
    ['an online order', { orders: [order({ createdAt: ago(WAITS_AFTER_MS) })] }, ['order_waiting']],
    ['one that has just come', { orders: [order({ createdAt: ago(WAITS_AFTER_MS - 1) })] }, []],
    [
      'one that was taken up',
      { orders: [order({ createdAt: ago(WAITS_AFTER_MS), status: 'confirmed' })] },
      [],
    ],
    [
      'one that a person rang up',
      { orders: [order({ createdAt: ago(WAITS_AFTER_MS), channel: 'takeout' })] },
      [],
    ],
    [
      'past its time',
      { orders: [order({ status: 'preparing', promisedFor: ago(1) })] },
      ['order_late'],
    ],
    ['in its time', { orders: [order({ status: 'preparing', promisedFor: ago(-1) })] }, []],
    ['made in time', { orders: [order({ status: 'ready', promisedFor: ago(1) })] }, []],
    [
      'a slow card',
      { orders: [order({ intents: [intent('pending', CARD_AFTER_MS)] })] },
      ['card_waiting'],
    ],
    ['a quick card', { orders: [order({ intents: [intent('pending', 1_000)] })] }, []],
    ['nobody knows', { orders: [order({ intents: [intent('unclear', 0)] })] }, ['card_waiting']],
    [
      'a card that was taken',
      { orders: [order({ intents: [intent('done', CARD_AFTER_MS)] })] },
      [],
    ],
    ['a printer', { printers: [{ printerId: 'p', trouble: 'paper_out' }] }, ['printer']],
    ['a printer that prints', { printers: [{ printerId: 'p', trouble: null }] }, []],
    ['the centre', { centreLacksSinceMs: NOW - CENTRE_AFTER_MS }, ['centre']],
    ['a moment without it', { centreLacksSinceMs: NOW - CENTRE_AFTER_MS + 1 }, []],
    ['low', { stock: [row({ low: true })] }, ['low_stock']],
    ['below nothing', { stock: [row({ low: true, oversold: true })] }, ['oversold']],
    ['enough', { stock: [row({})] }, []],
    ['none left', { left: [{ itemId: 'burger', left: 0, isSoldOut: true }] }, ['sold_out']],
    [
      'none left, and sold all the same',
      { left: [{ itemId: 'burger', left: 0, isSoldOut: false }] },
      [],
    ],
  ])('%s', (_, more, expected) => {
    expect(kinds(more)).toEqual(expected)
  })
})

test('[N3] who has seen it is told; a new trouble and a new day are new alerts', () => {
  const printers = [{ printerId: 'p', trouble: 'paper_out' }]
  const [alert] = alertsOf(facts({ printers }))
  const lines: readonly JournalLine[] = [
    {
      ...{ type: 'journal.written', kind: 'alert_acknowledged', id: alert!.id, about: 'alerts' },
      ...{ value: { alert: 'printer' }, at: ago(0), actor: 'staff:ana', commandId: 'c1' },
    } as JournalLine,
  ]
  const seenOf = (more: Partial<AlertFacts>) =>
    alertsOf(facts({ printers, lines, ...more })).map(({ acknowledged }) => acknowledged?.by)
  expect(seenOf({})).toEqual(['staff:ana'])
  expect(seenOf({ nowMs: NOW + 60_000 })).toEqual(['staff:ana'])
  expect(seenOf({ nowMs: NOW + 86_400_000 })).toEqual([undefined])
  expect(seenOf({ printers: [{ printerId: 'p', trouble: 'cover_open' }] })).toEqual([undefined])
  // What somebody has seen stands below what nobody has.
  const orders = [order({ createdAt: ago(WAITS_AFTER_MS) })]
  expect(
    alertsOf(facts({ printers, lines, orders, stock: [row({ low: true })] })).map(
      (one) => one.kind,
    ),
  ).toEqual(['order_waiting', 'low_stock', 'printer'])
})

test('[N3] each alert is shown to somebody, and an admin is shown them all', () => {
  for (const kind of ALERT_KINDS) {
    expect(ALERT_ROLES[kind].length).toBeGreaterThan(0)
    expect(isShownTo({ kind }, 'admin')).toBe(true)
  }
  expect(ALERT_KINDS.filter((kind) => isShownTo({ kind }, 'kitchen'))).toEqual([
    ...['order_late', 'printer', 'oversold', 'sold_out'],
  ])
})

test('[N3] an id from anywhere fits into the log', () => {
  const [alert] = alertsOf(
    facts({ orders: [order({ id: 'x'.repeat(120), createdAt: ago(WAITS_AFTER_MS) })] }),
  )
  expect(alert!.id.length).toBeLessThanOrEqual(120)
  expect(alert!.subject).toHaveLength(120)
})
