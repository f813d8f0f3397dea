import { expect, test } from 'vitest'
import { explainFailure } from './explain.ts'

test('a refusal about money names amounts as people write them', () => {
  const text = explainFailure(
    { code: 'overpayment', dueMinor: 1250, amountMinor: 2000 },
    'Only 1250 minor units are due.',
    'USD',
  )
  expect(text).toContain('12')
  expect(text).not.toContain('1250')
  expect(text).toContain('Nothing was taken')
})

test('any other refusal speaks for itself', () => {
  expect(explainFailure({ code: 'empty_order' }, 'The order has no items.', 'USD')).toBe(
    'The order has no items.',
  )
})
