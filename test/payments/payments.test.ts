import { expect, test } from 'vitest'
import { simulatePayments } from './simulate-payments.ts'

const PAYMENTS = 600

/** What has to have happened, or the run would have shown little. */
const EXPECTED = [
  'payment done',
  'payment failed',
  'refund done',
  'refund failed',
  'killed',
  'cancelled',
  'settled as taken',
  'settled as not_taken',
  ...['declined', 'timeout', 'partial', 'slow', 'lost', 'power_cut'].map(
    (fault) => `pay: asked, ${fault}`,
  ),
  ...['slow', 'lost', 'power_cut'].map((fault) => `pay: done, ${fault}`),
  ...['refund', 'status', 'cancel'].flatMap((ask) => [`${ask}: asked, lost`, `${ask}: done, lost`]),
]

/** The same faults in each run; `npm run payments` draws its own. */
const SEED = 1

/** Fewer over those that take longer: `npm run payments -- --provider adyen` runs them at length. */
const RUNS = [
  ['simulated', PAYMENTS, EXPECTED],
  [
    'adyen',
    160,
    ['payment done', 'payment failed', 'refund done', 'killed', 'status: asked, lost'],
  ],
  ['stripe', 160, ['payment done', 'payment failed', 'refund done', 'killed', 'pay: done, lost']],
] as const

test.each(RUNS)(
  '[M3] by %s: whatever fails at whatever step, what was charged is what is recorded, and no intent hangs',
  async (by, payments, expected) => {
    const run = await simulatePayments(SEED, payments, by)
    const what = `seed ${SEED}`
    expect(run.open, what).toEqual([])
    for (const { charged, recorded } of run.tills) expect(recorded, what).toEqual(charged)
    for (const happening of expected) {
      expect(run.counts.get(happening) ?? 0, `${happening}, ${what}`).toBeGreaterThan(0)
    }
    expect(run.counts.get('payments')).toBeGreaterThan(payments * 0.95)
  },
  180_000,
)
