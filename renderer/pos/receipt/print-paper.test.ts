import { expect, test } from 'vitest'
import type { PaperLine } from '../../../protocol/paper.ts'
import { pageOf } from './print-paper.ts'

const line = (size: PaperLine['size']): PaperLine =>
  ({ text: 'x', size, isBold: false, isInverted: false }) as PaperLine

test('[R4] a receipt has one page of the paper’s width, as long as its lines', () => {
  const short = pageOf(42, [line('normal')])
  const long = pageOf(42, [line('normal'), line('tall'), line('large')])
  expect(short.widthMm).toBe(80)
  expect(long.heightMm).toBeGreaterThan(short.heightMm)
  for (const columns of [32, 42, 48]) {
    expect(pageOf(columns, []).fontMm * 0.6 * columns).toBeLessThanOrEqual(72)
  }
})
