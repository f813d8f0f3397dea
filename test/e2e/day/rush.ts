import { expect } from 'vitest'
import type { Bill } from './bill.ts'
import type { Crew } from './crew.ts'
import { shoot } from './shots.ts'
import { ticketOf } from './steps/kitchen.ts'

/** Somebody complains: the pass rushes the order, which stands first at the grill then. */
export async function rush({ grill, pass }: Crew, bill: Bill): Promise<void> {
  await pass.getByRole('button', { name: `Rush ${bill.number}`, exact: true }).click()
  const first = grill.getByRole('article').first()
  await first.filter({ hasText: 'RUSH' }).filter({ hasText: bill.number }).waitFor()
  await shoot(grill, 'rush-grill')
  await shoot(pass, 'rush-pass')
}

/** By the keys of a bump bar: the first one is made, was not done after all, and is made. */
export async function bumpAndRecall({ grill }: Crew, bill: Bill): Promise<void> {
  const ticket = ticketOf(grill, bill, 'Grill & oven')
  await expect.poll(() => grill.getByRole('article').first().innerText()).toContain(bill.number)
  await grill.waitForTimeout(500)
  await grill.keyboard.press('1')
  await ticket.waitFor({ state: 'detached' })
  await grill.getByRole('button', { name: 'Recall', exact: true }).click()
  await grill.getByRole('button', { name: new RegExp(`^Recall ${bill.number}`) }).click()
  await ticket.waitFor()
}

/** One dish of a ticket is ready before the others: it is begun with one tap, and made with the next. */
export async function makeOne({ grill }: Crew, bill: Bill, dish: string): Promise<void> {
  const line = ticketOf(grill, bill, 'Grill & oven').getByRole('listitem').filter({ hasText: dish })
  for (const mark of ['preparing', 'ready']) {
    await line.getByRole('button').click()
    await line.locator(`[data-mark="${mark}"]`).waitFor()
  }
}

/** What is still to be made at the grill, counted over all tickets. */
export async function expectAllDay({ grill }: Crew, counts: readonly string[]): Promise<void> {
  await grill.keyboard.press('a')
  const rows = grill.getByRole('list', { name: 'All day' }).getByRole('listitem')
  await expect.poll(async () => (await rows.allInnerTexts()).map(inOneLine)).toEqual(counts)
  await shoot(grill, 'all-day')
  await grill.keyboard.press('Escape')
}

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** As the station's two thresholds are passed: by word, and by what colour and shape follow. */
export async function expectUrgency(
  { grill }: Crew,
  bill: Bill,
  urgency: 'SOON' | 'LATE' | null,
): Promise<void> {
  const ticket = ticketOf(grill, bill, 'Grill & oven')
  if (urgency !== null) await ticket.getByText(urgency, { exact: true }).waitFor()
  const kind = urgency?.toLowerCase() ?? 'fresh'
  await ticket.and(grill.locator(`[data-urgency="${kind}"]`)).waitFor()
}

/** On a smaller screen not all fits: what is missing is counted, and a key turns to it. */
export async function turnPages({ pass }: Crew, bills: readonly Bill[]): Promise<void> {
  const whole = pass.viewportSize()!
  await pass.setViewportSize({ width: 1024, height: 600 })
  await pass.getByText(/not shown · oldest/).waitFor()
  const [, pages] = (await pass.getByText(/^1 \/ \d+$/).innerText()).split('/').map(Number)
  const seen = new Set<string | null>()
  for (let page = 1; page <= pages!; page += 1) {
    if (page > 1) await pass.keyboard.press('ArrowRight')
    await pass.getByText(`${page} / ${pages}`, { exact: true }).waitFor()
    for (const card of await pass.getByRole('article').all()) {
      seen.add(await card.getAttribute('aria-label'))
    }
    await shoot(pass, `page-${page}`)
  }
  expect(seen).toEqual(new Set(bills.map(({ number }) => `Order ${number}`)))
  await pass.setViewportSize(whole)
}
