import { describe, expect, test } from 'vitest'
import type { Catalog } from '../../domain/catalog.ts'
import { CONFLICT_KINDS, RESOLUTIONS_OF } from '../../domain/conflict-kinds.ts'
import type { Conflict, ConflictSide } from '../../domain/conflicts.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import { conflictTitle, putBackOffer, refundOffer, sideText, toSettle, whoText } from './settle.ts'
import { RESOLUTION_NAMES } from '../ui/conflict-words.ts'

const side = (more: Partial<ConflictSide>): ConflictSide => ({
  what: 'cancelled',
  at: '2026-01-01T12:00:00.000Z',
  actor: 'staff:anna',
  origin: 'origin-1',
  amountMinor: null,
  lineId: null,
  ...more,
})

const conflict = (more: Partial<Conflict>): Conflict => ({
  kind: 'overpaid',
  facts: ['over:1424'],
  amountMinor: 1_424,
  sides: [],
  settled: null,
  ...more,
})

const order = (id: string, conflicts: readonly Conflict[], more: Partial<ShownOrder> = {}) =>
  ({
    id,
    createdAt: `2026-01-01T1${id}:00:00.000Z`,
    currency: 'USD',
    lines: [{ id: 'line-1', name: 'Burger' }],
    payments: [],
    conflicts,
    ...more,
  }) as unknown as ShownOrder

const payment = (id: string, amountMinor: number, refundedMinor: number) => ({
  id,
  amountMinor,
  tipMinor: 100,
  refundedMinor,
})

describe('what is to be settled', () => {
  test('[F4] is what is open, the oldest order first', () => {
    const done = conflict({
      kind: 'cooked_after_cancel',
      settled: { resolution: 'kept', note: null, at: '', actor: '' },
    })
    const found = toSettle([order('2', [conflict({})]), order('1', [done, conflict({})])])
    expect(found.map((one) => one.order.id)).toEqual(['1', '2'])
    expect(found.every((one) => one.conflict.settled === null)).toBe(true)
  })

  test('[F4] has a title and a button for each way that the domain allows', () => {
    for (const kind of CONFLICT_KINDS) {
      expect(conflictTitle({ order: order('1', []), conflict: conflict({ kind }) })).not.toBe('')
      const names = RESOLUTIONS_OF[kind].map((resolution) => RESOLUTION_NAMES[kind][resolution])
      expect(new Set(names).size).toBe(RESOLUTIONS_OF[kind].length)
    }
  })

  test('[F4] offers the last payment back, and never more than what is too much', () => {
    const payments = [payment('first', 1_424, 0), payment('last', 1_424, 0)]
    const both = { payments } as unknown as Partial<ShownOrder>
    expect(refundOffer({ order: order('1', [], both), conflict: conflict({}) })).toEqual({
      paymentId: 'last',
      amountMinor: 1_424,
      reason: 'Paid twice',
    })
    const gone = { payments: [payments[0], payment('last', 1_424, 1_524)] }
    const rest = conflict({ kind: 'paid_after_cancel', amountMinor: 9_000 })
    expect(
      refundOffer({
        order: order('1', [], gone as unknown as Partial<ShownOrder>),
        conflict: rest,
      }),
    ).toEqual({ paymentId: 'first', amountMinor: 1_524, reason: 'Order cancelled' })
    const noMoney = conflict({ kind: 'handed_over_after_cancel' })
    expect(refundOffer({ order: order('1', [], both), conflict: noMoney })).toBeNull()
  })

  test('[F4] offers to put back what was moved to a cancelled order, while its own is open', () => {
    const lines = [
      { id: 'own', homeOrderId: '1' },
      { id: 'guest', homeOrderId: '2' },
    ]
    const moved = conflict({ kind: 'moved_after_cancel', facts: ['moved:own', 'moved:guest'] })
    const one = {
      order: order('1', [moved], { lines } as unknown as Partial<ShownOrder>),
      conflict: moved,
    }
    const home = (status: ShownOrder['status']) =>
      new Map([
        ['1', order('1', [], { status: 'cancelled' })],
        ['2', order('2', [], { status, number: 'A-002' })],
      ])
    const offer = { lineIds: ['guest'], toOrderId: '2', toNumber: 'A-002' }
    expect(putBackOffer(one, home('pending'))).toEqual(offer)
    expect(putBackOffer(one, home('completed'))).toBeNull()
    expect(putBackOffer(one, new Map())).toBeNull()
    expect(putBackOffer({ ...one, conflict: conflict({}) }, home('pending'))).toBeNull()
  })

  test('[F4] names who did what on which device', () => {
    const catalog = {
      staff: new Map([['anna', { name: 'Anna' }]]),
      device: new Map([['device-1', { name: 'Till 1', origin: 'origin-1' }]]),
    } as unknown as Catalog
    expect(whoText(side({}), catalog)).toBe('Anna on Till 1')
    expect(whoText(side({ origin: 'lost' }), catalog)).toBe('Anna')
    expect(whoText(side({ actor: 'device:device-1' }), catalog)).toBe('Till 1')
    expect(whoText(side({ actor: 'token:web shop', origin: 'lost' }), catalog)).toBe('web shop')
    const one = { order: order('1', []), conflict: conflict({}) }
    expect(sideText(one, side({ what: 'ready', lineId: 'line-1' }))).toBe('finished Burger')
    expect(sideText(one, side({ what: 'paid', amountMinor: 1_424 }))).toBe('took $14.24')
  })
})
