import type { Locator, Page } from 'playwright-core'
import type { Bill } from '../bill.ts'
import type { Station } from '../card.ts'
import type { Step } from '../scene.ts'
import { shoot } from '../shots.ts'

/** What the cook at the grill has to see of an order, each thing of another kind. */

export const ticketOf = (page: Page, { number }: Bill, station: Station): Locator =>
  page.getByRole('article', { name: `Ticket ${number} ${station}`, exact: true })

/** The till says that somebody can read it. */
export const seenByKitchen: Step = async ({ till, bill }) => {
  const sent = till.page.getByRole('region', { name: 'Last sent' }).getByRole('button')
  await sent.filter({ hasText: bill.number }).filter({ hasText: '✓ Seen by Kitchen' }).waitFor()
}

const atGrill =
  (name: string, look: (ticket: Locator) => Promise<void>): Step =>
  async ({ bill, day }) => {
    await look(ticketOf(day.crew.grill, bill, 'Grill & oven'))
    await shoot(day.crew.grill, `grill-${name}`)
  }

/** What of the next course will come here. */
export const announced = (course: string, dish: string): Step =>
  atGrill('announced', (ticket) => ticket.getByText(`${course} held: 1 ${dish}`).waitFor())

/** Struck through and flashing, and still on the ticket. */
export const struckThrough = (dish: string): Step =>
  atGrill('struck-through', (ticket) =>
    ticket
      .locator('[data-mark="voided"][data-changed="true"]')
      .filter({ hasText: dish })
      .getByText('VOID')
      .waitFor(),
  )

/** What it contains stands by the dish, and what is left out or had otherwise stands out. */
export const warnedOfAllergy: Step = atGrill('allergy', async (ticket) => {
  await ticket.getByText('ALLERGY').waitFor()
  await ticket.getByText('contains gluten, milk, nuts').waitFor()
  for (const [how, what] of [
    ['no', 'Lettuce'],
    ['side', 'House sauce'],
    ['extra', 'Blue cheese'],
  ] as const) {
    await ticket.locator(`[data-emphasis="${how}"]`).filter({ hasText: what }).waitFor()
  }
})

/** Devices were apart: when it was made, and when it came. */
export const cameLate: Step = atGrill('came-late', (ticket) =>
  ticket.getByText(/^CAME LATE .* made/).waitFor(),
)

/** Another till has changed what was being made; the cook says that it is read. */
export const changeIsRead = (dish: string, now: string): Step =>
  atGrill('changed', async (ticket) => {
    const line = ticket.locator('[data-changed="true"]').filter({ hasText: dish })
    await line.filter({ hasText: 'CHANGED' }).filter({ hasText: now }).click()
    await line.waitFor({ state: 'detached' })
  })
