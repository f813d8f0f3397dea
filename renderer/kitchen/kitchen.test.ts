import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LineView, ShownOrder, TicketView } from '../../domain/order-view.ts'
import type { TicketChange } from '../../domain/ticket-changes.ts'
import type { OpenCommand } from '../../domain/commands.ts'
import type { Client } from '../ui/client.ts'
import { useLive } from '../ui/live-store.ts'
import { createKitchenActions } from './actions.ts'
import { createArrivals, lateArrival } from './arrivals.ts'
import { USUAL_PACING } from '../../domain/pacing.ts'
import { courseOf, heldCourses } from './courses.ts'
import { dueOf, urgencyOfDue } from './due.ts'
import { emphasisOf, isAllergyNote } from './emphasis.ts'
import { createExpoReader, handedTickets, isMade, isToHand } from './expo.ts'
import { clampPage, columnsFor, flow, pageCountOf, piecesOnPage, type Piece } from './flow.ts'
import { actionOf, DEFAULT_KEYS, keyAt, placeOfAction, withKey } from './keys.ts'
import { DEFAULT_SETTINGS, readSettings } from './settings.ts'
import {
  createTicketReader,
  isReopened,
  nextMark,
  openTickets,
  recallableTickets,
  ticketsToSee,
  urgencyOf,
  type KitchenTicket,
} from './tickets.ts'
import { soundOf } from './what-sounds.ts'

const ticket = (id: string, firedAt: string, change: Partial<TicketView> = {}): TicketView => ({
  id,
  stationId: 'grill',
  firingNumber: 1,
  firedAt,
  firedBy: 'staff:a',
  firedFrom: 'origin',
  lineIds: [],
  bumped: false,
  bumpedAt: null,
  rushedAt: null,
  handedAt: null,
  seenBy: [],
  ...change,
})

const line = (id: string, change: Partial<LineView> = {}) =>
  ({
    id,
    itemId: 'burger',
    kitchenName: id,
    quantity: 1,
    modifiers: [],
    instructions: null,
    movedTo: null,
    voided: false,
    kitchenStatus: 'queued',
    ticketId: null,
    stationId: 'grill',
    seat: null,
    course: null,
    held: false,
    ...change,
  }) as unknown as LineView

const order = (
  id: string,
  tickets: TicketView[],
  change: Partial<Pick<ShownOrder, 'status' | 'lines'>> = {},
) =>
  ({ id, number: id, status: 'confirmed', tickets, lines: [], ...change }) as unknown as ShownOrder

const read = (orders: readonly ShownOrder[]): KitchenTicket[] =>
  createTicketReader()(new Map(orders.map((one) => [one.id, one])))
const idsOf = (entries: readonly { ticket: TicketView }[]) => entries.map((e) => e.ticket.id)
const open = (orders: readonly ShownOrder[], ...stations: string[]) =>
  openTickets(read(orders), stations.length === 0 ? null : new Set(stations))

describe('the tickets on a screen', () => {
  test('[K9] the oldest ticket stands first, also across orders; a tie has a fixed order', () => {
    const orders = [
      order('o2', [ticket('c', '2026-01-01T12:02:00Z'), ticket('b', '2026-01-01T12:01:00Z')]),
      order('o1', [ticket('a', '2026-01-01T12:01:00Z')]),
    ]
    expect(idsOf(open(orders))).toEqual(['a', 'b', 'c'])
    expect(idsOf(open(orders.toReversed()))).toEqual(['a', 'b', 'c'])
  })

  test('[K5] what is rushed stands before all others, the first that was rushed first', () => {
    const orders = [
      order('o1', [ticket('old', '1'), ticket('b', '2', { rushedAt: '9' })]),
      order('o2', [ticket('a', '3', { rushedAt: '8' })]),
    ]
    expect(idsOf(open(orders))).toEqual(['a', 'b', 'old'])
  })

  test('[K9] bumped tickets leave, those of a cancelled order stay until bumped', () => {
    const orders = [
      order('o1', [ticket('a', '1', { bumped: true }), ticket('b', '2', { stationId: 'bar' })]),
      order('o2', [ticket('c', '3')], { status: 'cancelled' }),
      order('o3', [ticket('d', '4', { stationId: 'cold' })]),
    ]
    expect(idsOf(open(orders))).toEqual(['b', 'c', 'd'])
    expect(idsOf(open(orders, 'bar', 'cold'))).toEqual(['b', 'd'])
  })

  test('recall lists the last bumped first, and nothing that cannot come back', () => {
    const bumped = (id: string, bumpedAt: string) => ticket(id, '0', { bumped: true, bumpedAt })
    const tickets = read([
      order('o1', [bumped('a', '1'), bumped('b', '3')]),
      order('o2', [bumped('c', '2')], { status: 'ready' }),
      order('o3', [bumped('d', '4')], { status: 'completed' }),
      order('o4', [bumped('e', '5')], { status: 'cancelled' }),
    ])
    expect(idsOf(recallableTickets(tickets, null, 10))).toEqual(['b', 'c', 'a'])
    expect(idsOf(recallableTickets(tickets, null, 1))).toEqual(['b'])
  })

  test('[K2] one acknowledgement per order, of what this device has not shown before', () => {
    const seen = { seenBy: [{ deviceId: 'k1', at: '0' }] }
    const entries = open([
      order('o1', [ticket('a', '1'), ticket('b', '2', seen)]),
      order('o2', [ticket('c', '3', seen)]),
    ])
    expect([...ticketsToSee(entries, 'k1')]).toEqual([['o1', ['a']]])
    expect([...ticketsToSee(entries, 'k2')]).toEqual([
      ['o1', ['a', 'b']],
      ['o2', ['c']],
    ])
  })

  test('[K9] a ticket turns soon and late at the thresholds of its station', () => {
    const station = { warnAfterSeconds: 60, lateAfterSeconds: 90 }
    const at = [59_999, 60_000, 89_999, 90_000].map((ageMs) => urgencyOf(ageMs, station))
    expect(at).toEqual(['fresh', 'soon', 'soon', 'late'])
    expect([599_999, 900_000].map((ageMs) => urgencyOf(ageMs, undefined))).toEqual([
      'fresh',
      'late',
    ])
  })

  test('a tap moves a line on, and a ready one back', () => {
    expect(nextMark({ mark: 'queued' })).toBe('preparing')
    expect(nextMark({ mark: 'preparing' })).toBe('ready')
    expect(nextMark({ mark: 'ready' })).toBe('queued')
  })

  test('[Y9] a tap counts although the answer to the one before is under way; the same one counts once', () => {
    useLive.setState({ heardAtMs: Date.now() })
    const sent: OpenCommand[] = []
    const call = (_: string, { command }: { readonly command: OpenCommand }) => {
      sent.push(command)
      return new Promise(() => {})
    }
    const { tapLine, bump, recall } = createKitchenActions({ call } as unknown as Client)
    const [entry] = read([
      order('o1', [ticket('a', '1', { lineIds: ['l1'] })], { lines: [line('l1')] }),
    ])
    const [shown] = entry!.lines
    tapLine(entry!, shown!)
    tapLine(entry!, shown!)
    // The news that it is being made is quicker than the answer.
    tapLine(entry!, { ...shown!, mark: 'preparing' })
    bump(entry!)
    recall(entry!)
    const said = sent.map((one) => ('mark' in one ? one.mark : one.type))
    expect(said).toEqual(['preparing', 'ready', 'bumpTicket', 'recallTicket'])
  })

  test('[K1] a ticket whose lines were all moved is for the order that they were moved to', () => {
    const home = (lines: LineView[]) =>
      order('home', [ticket('a', '1', { lineIds: ['l1', 'l2'] })], { status: 'cancelled', lines })
    const guest = order('guest', [])
    const guestOf = (lines: LineView[], others: ShownOrder[]) =>
      open([home(lines), ...others]).map((entry) => entry.guest.id)
    const moved = (id: string, movedTo: string | null) => line(id, { movedTo })
    const both = [moved('l1', 'guest'), moved('l2', 'guest')]
    expect(guestOf(both, [guest])).toEqual(['guest'])
    expect(guestOf(both, [])).toEqual(['home'])
    expect(guestOf([moved('l1', 'guest'), moved('l2', null)], [guest])).toEqual(['home'])
  })

  test('[K4] a line says what this station has to do with it, and how far this station is', () => {
    const lines = [
      line('salad', {
        ticketId: 'cold',
        kitchenStatus: 'preparing',
        ownMark: 'queued',
        also: [{ stationId: 'grill', ticketId: 'grill', as: 'make', mark: 'ready' }],
      }),
    ]
    const tickets = ['cold', 'grill'].map((id) => ticket(id, '1', { lineIds: ['salad'] }))
    expect(open([order('o', tickets, { lines })]).map(({ lines: [one] }) => one)).toMatchObject([
      { part: 'own', mark: 'queued' },
      { part: 'make', mark: 'ready' },
    ])
  })

  test('[K7] a change is shown once somebody had read the ticket; one after the bump brings it back', () => {
    const change = (kind: TicketChange['kind']): TicketChange => ({
      id: 'c',
      lineId: 'l',
      kind,
      at: '2',
      actor: 'staff:a',
      was: { quantity: 2 },
    })
    const seenBy = [{ deviceId: 'k', at: '1' }]
    const with_ = (of: Partial<TicketView>, lines = [line('l')]) =>
      read([order('o', [ticket('t', '1', { lineIds: ['l'], ...of })], { lines })])[0]!
    expect(with_({ changes: [change('changed')] }).lines[0]!.change).toBeUndefined()
    const changed = with_({ changes: [change('changed')], seenBy })
    expect(changed.lines[0]!.change).toEqual({ ids: ['c'], kind: 'changed', was: { quantity: 2 } })
    const bumped = { bumped: true, bumpedAt: '2', seenBy }
    expect(isReopened(with_({ ...bumped, changes: [change('changed')] }))).toBe(true)
    const voided = [line('l', { voided: true })]
    expect(isReopened(with_({ ...bumped, changes: [change('voided')] }, voided))).toBe(false)
  })

  test('[K9] cards of other orders stay the same objects when one order changes', () => {
    const reader = createTicketReader()
    const expo = createExpoReader()
    const one = order('o1', [ticket('a', '1', { lineIds: ['l'] })], { lines: [line('l')] })
    const two = order('o2', [ticket('b', '2', { lineIds: ['m'] })], { lines: [line('m')] })
    const before = reader(new Map([one, two].map((each) => [each.id, each])))
    const cardsBefore = expo(before)
    const after = reader(new Map([one, { ...two }].map((each) => [each.id, each])))
    const cardsAfter = expo(after)
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false])
    expect([cardsAfter[0] === cardsBefore[0], cardsAfter[1] === cardsBefore[1]]).toEqual([
      true,
      false,
    ])
  })
})

test('[K6] the expo has an order until all of it was handed out, and knows what is ready where', () => {
  const lines = [line('l'), line('m'), line('n')]
  const at = (id: string, lineId: string, change: Partial<TicketView>) =>
    ticket(id, id, { lineIds: [lineId], stationId: id, ...change })
  const tickets = read([
    order(
      'o1',
      [
        at('1', 'l', { bumped: true, bumpedAt: '5' }),
        at('2', 'm', {}),
        at('3', 'n', { handedAt: '6' }),
      ],
      { lines },
    ),
    order('o2', [at('4', 'l', { bumped: true })], { lines, status: 'completed' }),
    order('o3', [at('0', 'l', { rushedAt: '7' })], { lines }),
  ])
  const cards = createExpoReader()(tickets)
  expect(cards.map(({ id }) => id)).toEqual(['o3', 'o1'])
  const [, first] = cards
  expect(idsOf(first!.tickets)).toEqual(['1', '2'])
  expect(first!.tickets.filter(isToHand).map(isMade)).toEqual([true, false])
  expect(idsOf(handedTickets(tickets, 5))).toEqual(['3'])
})

test('[K9] a ticket says which course it is, and what of the next ones will come to its station', () => {
  const lines = [
    line('soup', { course: 1 }),
    line('steak', { course: 2, held: true }),
    line('cake', { course: 3, held: true, stationId: 'cold' }),
    line('gone', { course: 2, voided: true }),
  ]
  const [entry] = read([order('o', [ticket('t', '1', { lineIds: ['soup', 'gone'] })], { lines })])
  const named = (stationId: string | null) =>
    heldCourses(entry!.guest, stationId).map(({ course, lines: own }) => [
      course,
      ...own.map(({ id }) => id),
    ])
  expect(courseOf(entry!)).toBe(1)
  expect(named('grill')).toEqual([[2, 'steak']])
  expect(named(null)).toEqual([
    [2, 'steak'],
    [3, 'cake'],
  ])
})

test('[K12] what was promised presses by the time that is left; a delivery leaves before it', () => {
  const pacing = { ...USUAL_PACING, deliveryMinutes: 20 }
  const at = (time: string) => Date.parse(`2026-01-01T${time}:00Z`)
  const promised = (change: Partial<ShownOrder>) =>
    dueOf({ ...order('o', []), promisedFor: null, scheduledFor: null, ...change }, pacing)
  expect(promised({})).toBeNull()
  const takeout = promised({ channel: 'takeout', promisedFor: '2026-01-01T18:30:00Z' })!
  expect(takeout).toEqual({ dueMs: at('18:30'), outMs: at('18:30') })
  const times = ['18:24', '18:25', '18:29', '18:30', '19:00']
  expect(times.map((time) => urgencyOfDue(takeout, at(time)))).toEqual([
    'fresh',
    'soon',
    'soon',
    'late',
    'late',
  ])
  // An order for later that nobody promised for another time is wanted when it was ordered for.
  const delivery = promised({ channel: 'delivery', scheduledFor: '2026-01-01T18:30:00Z' })!
  expect(delivery).toEqual({ dueMs: at('18:30'), outMs: at('18:10') })
  // The card has a line more: what it looks like has changed.
  const looks = [null, '2026-01-01T18:30:00Z'].map(
    (promisedFor) => read([{ ...order('o', [ticket('t', '1')]), promisedFor }])[0]?.look,
  )
  expect(looks[0]).not.toBe(looks[1])
})

describe('pages', () => {
  const heights = fc.array(
    fc.record({
      head: fc.integer({ min: 20, max: 90 }),
      lines: fc.array(fc.integer({ min: 20, max: 160 }), { maxLength: 30 }),
      foot: fc.constant(60),
    }),
    { maxLength: 40 },
  )
  const area = { height: 600, gap: 12, more: 36 }
  const cardsOf = (measures: readonly { head: number; lines: number[]; foot: number }[]) =>
    measures.map((measure, n) => ({ id: `t${n}`, measure }))

  test('[K9] every line of every ticket stands on exactly one page, in order, and none overlap', () => {
    fc.assert(
      fc.property(heights, fc.integer({ min: 1, max: 6 }), (measures, columns) => {
        const cards = cardsOf(measures)
        const pieces = flow(cards, area)
        const pages = Array.from({ length: pageCountOf(pieces, columns) }, (_, page) =>
          piecesOnPage(pieces, columns, page),
        )
        expect(pages.flat()).toEqual(pieces)
        for (const { id, measure } of cards) {
          const own = pieces.filter((piece) => piece.id === id)
          const lines = own.flatMap(({ from, to }) => measure.lines.slice(from, to))
          expect(lines).toEqual(measure.lines)
          expect(own.map(({ isFirst }) => isFirst).indexOf(true)).toBe(0)
          expect(own.filter(({ isLast }) => isLast)).toEqual([own.at(-1)])
        }
        expectApart(pieces)
      }),
      { numRuns: 200, seed: 9 },
    )
  })

  function expectApart(pieces: readonly Piece[]) {
    for (const [n, piece] of pieces.entries()) {
      const next = pieces[n + 1]
      if (next === undefined) continue
      expect(next.column).toBeGreaterThanOrEqual(piece.column)
      if (next.column === piece.column) expect(next.top).toBeGreaterThan(piece.top)
      else expect(next.top).toBe(0)
    }
  }

  test('[K9] a ticket that fits into a column is never broken', () => {
    fc.assert(
      fc.property(heights, (measures) => {
        const cards = cardsOf(measures)
        const pieces = flow(cards, area)
        for (const { id, measure } of cards) {
          const whole = measure.head + measure.lines.reduce((a, b) => a + b, 0) + measure.foot
          if (whole > area.height) continue
          const own = pieces.filter((piece) => piece.id === id)
          expect(own).toHaveLength(1)
          expect(own[0]!.top + whole).toBeLessThanOrEqual(area.height)
        }
      }),
      { numRuns: 200, seed: 9 },
    )
  })

  test('as many columns as fit, at least one; and no page that does not exist', () => {
    expect([100, 611, 612, 1342].map((width) => columnsFor(width, 300, 12))).toEqual([1, 1, 2, 4])
    expect([clampPage(3, 2), clampPage(-1, 2), clampPage(1, 2), clampPage(0, 0)]).toEqual([
      1, 0, 1, 0,
    ])
  })
})

test('[K10] a late arrival is told by when it was made and when it came, not by a wrong clock', () => {
  expect(lateArrival(100_000, 109_999, null)).toBeNull()
  expect(lateArrival(100_000, 160_000, null)).toEqual({ madeMs: 100_000, cameMs: 160_000 })
  // The sender's clock is a minute behind: it was made just now.
  expect(lateArrival(100_000, 160_000, -60_000)).toBeNull()
  expect(lateArrival(100_000, 101_000, 60_000)).toEqual({ madeMs: 40_000, cameMs: 101_000 })
})

test('[K10] what is there when a screen starts came nobody knows when; what comes after it is timed', () => {
  const arrivals = createArrivals()
  const old = read([order('o1', [ticket('old', '2026-01-01T12:00:00Z')])])
  const next = read([order('o2', [ticket('next', '2026-01-01T12:00:00Z')])])
  const nowMs = Date.parse('2026-01-01T12:05:00Z')
  arrivals.note(old, nowMs, () => null, true)
  arrivals.note([...old, ...next], nowMs, () => null, false)
  // Seen again later, it came when it came first.
  arrivals.note([...old, ...next], nowMs + 60_000, () => null, false)
  expect(arrivals.of('old')).toBeNull()
  expect(arrivals.of('next')).toMatchObject({ cameMs: nowMs })
})

describe('keys and settings', () => {
  test('[K11] each place, page and panel has a key, and another one may be given to it', () => {
    expect(actionOf(DEFAULT_KEYS, '0')).toBe('bump10')
    expect(placeOfAction('bump10')).toBe(9)
    expect(placeOfAction('recall')).toBeNull()
    const keys = withKey(DEFAULT_KEYS, 'recall', '1')
    expect([actionOf(keys, '1'), actionOf(keys, 'R'), keyAt(keys, 0), keyAt(keys, 1)]).toEqual([
      'recall',
      null,
      null,
      '2',
    ])
    expect(withKey(keys, 'recall', 'Escape')).toBe(keys)
  })

  test('[K11] what was kept is read with care: what makes no sense is as it is by default', () => {
    expect(readSettings(null)).toEqual(DEFAULT_SETTINGS)
    expect(readSettings('{')).toEqual(DEFAULT_SETTINGS)
    expect(readSettings('{"theme":"light"}').theme).toBe('light')
    expect(
      readSettings(
        '{"theme":"pink","mode":"bar","volume":9,"stationIds":[1,"a"],"keys":{"bump1":["Q"]}}',
      ),
    ).toEqual({
      ...DEFAULT_SETTINGS,
      stationIds: ['a'],
      keys: { ...DEFAULT_KEYS, bump1: ['Q'] },
    })
  })

  test('[K11] a new ticket, a change and a rush are told apart by ear; the rest is silent', () => {
    const one = read([order('o', [ticket('a', '1')])])
    const known = new Map(one.map((entry) => [entry.ticket.id, entry]))
    const sound = (change: Partial<TicketView>, lines: LineView[] = []) =>
      soundOf(known, read([order('o', [ticket('a', '1', change)], { lines })]))
    expect(soundOf(new Map(), one)).toBe('ticket')
    expect(sound({ seenBy: [{ deviceId: 'k', at: '1' }] })).toBeNull()
    expect(sound({ rushedAt: '2' })).toBe('rush')
    const changed = { id: 'c', lineId: 'l', kind: 'voided', at: '2', actor: 'a' } as const
    const seenBy = [{ deviceId: 'k', at: '1' }]
    expect(sound({ lineIds: ['l'], seenBy, changes: [changed] }, [line('l')])).toBe('change')
  })
})

test('[K11] what must not be overlooked: NO, EXTRA, on the side, and a word about an allergy', () => {
  const named = (name: string) => emphasisOf({ id: 'm', name, priceMinor: 0 })
  expect(['NO onion', 'Extra cheese', 'Side of fries', 'Rare', 'Noodles'].map(named)).toEqual([
    'no',
    'extra',
    'side',
    'plain',
    'plain',
  ])
  expect(['Nut allergy!', 'Nussallergie', 'allergique', 'no nuts'].map(isAllergyNote)).toEqual([
    true,
    true,
    true,
    false,
  ])
})
