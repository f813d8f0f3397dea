import { costOf, fire, sum, withTax, type Bill, type Payment } from '../bill.ts'
import { part, usd } from '../cents.ts'
import type { Step } from '../scene.ts'
import { atRest, beginning, button, orderOf, sheetOf, typeAmount, type Till } from '../till.ts'

/** How guests pay. Every sum that is tapped is the pad's own: a till that asks for another has no such key. */

async function openPay(till: Till, bill: Bill): Promise<void> {
  await button(orderOf(till), `Pay ${usd(costOf(bill).due)}`).click()
}

const note = (bill: Bill, till: Till, how: Payment['how'], amount: number, tip = 0): void =>
  void bill.payments.push({ how, at: till.name, amount, tip, back: 0, backAt: null })

const isPaid = (bill: Bill): boolean => costOf(bill).due <= 0

/** After the last cent the next guest comes; before it the next one of this table pays. */
async function goOn(till: Till, bill: Bill): Promise<void> {
  await button(sheetOf(till), isPaid(bill) ? 'Next order' : 'Pay the rest').click()
  if (isPaid(bill)) await atRest(till)
}

async function exactly(till: Till, bill: Bill, amount: number): Promise<void> {
  await button(sheetOf(till), `Exact ${usd(amount)}`).click()
  note(bill, till, 'Cash', amount)
  await goOn(till, bill)
}

/** All of it, to the cent. */
export const cash: Step = async ({ till, bill }) => {
  await openPay(till, bill)
  await exactly(till, bill, costOf(bill).due)
}

/** With a note that is larger, of which there is change. */
export const cashFrom =
  (given: number): Step =>
  async ({ till, bill }) => {
    const { due } = costOf(bill)
    await openPay(till, bill)
    await typeAmount(sheetOf(till).getByRole('group', { name: 'Amount' }), given)
    await button(sheetOf(till), 'Take cash').click()
    note(bill, till, 'Cash', due)
    await sheetOf(till)
      .getByRole('status')
      .getByText(usd(given - due), { exact: true })
      .waitFor()
    await goOn(till, bill)
  }

/** No change, please. */
export const cashAndTheRestIsTip =
  (given: number): Step =>
  async ({ till, bill }) => {
    const { due } = costOf(bill)
    await openPay(till, bill)
    await typeAmount(sheetOf(till).getByRole('group', { name: 'Amount' }), given)
    await button(sheetOf(till), 'The rest is tip').click()
    await button(sheetOf(till), 'Take cash').click()
    note(bill, till, 'Cash', due, given - due)
    await goOn(till, bill)
  }

/** And the receipt with it. */
export const cashAndReceipt: Step = async ({ till, bill }) => {
  const { due } = costOf(bill)
  await openPay(till, bill)
  await button(sheetOf(till), `Exact ${usd(due)}`).click()
  note(bill, till, 'Cash', due)
  await button(sheetOf(till), 'Print receipt').click()
  await till.page.getByText(`${bill.number} goes to the printer`).waitFor()
  await goOn(till, bill)
}

/** Over a counter: one key, and the next guest. */
export const exactCash: Step = async ({ till, bill }) => {
  const { due } = costOf(bill)
  await button(orderOf(till), `Exact cash ${usd(due)}`).click()
  note(bill, till, 'Cash', due)
  fire(bill, () => true)
  await orderOf(till).getByRole('status', { name: 'Paid' }).waitFor()
  await atRest(till)
}

/** Not enough cash, and a card for the rest. */
export const cashThenCard =
  (given: number, wish: CardWish = {}): Step =>
  async ({ till, bill }) => {
    await openPay(till, bill)
    await typeAmount(sheetOf(till).getByRole('group', { name: 'Amount' }), given)
    await button(sheetOf(till), 'Take cash').click()
    note(bill, till, 'Cash', given)
    await goOn(till, bill)
    await askCard(till, bill, costOf(bill).due, wish)
  }

/** The guest has paid in the shop on the internet. */
export const paidOnline =
  (reference: string): Step =>
  async ({ till, bill }) => {
    const { due } = costOf(bill)
    await openPay(till, bill)
    await button(sheetOf(till), 'Voucher, other').click()
    await button(sheetOf(till), 'Paid online').click()
    await sheetOf(till).getByRole('textbox', { name: 'Order number there' }).fill(reference)
    await button(sheetOf(till), `Take ${usd(due)}`).click()
    note(bill, till, 'Paid online', due)
    fire(bill, () => true)
    await goOn(till, bill)
  }

/** All of it, by what this till knows: another one may be taking the same, and neither can tell. */
export const cashUnheard: Step = async ({ till, bill }) => {
  const { total } = costOf(bill)
  await button(orderOf(till), `Pay ${usd(total)}`).click()
  await button(sheetOf(till), `Exact ${usd(total)}`).click()
  note(bill, till, 'Cash', total)
  await goOn(till, bill)
}

interface CardWish {
  /** Percent. */
  readonly tip?: 10 | 15 | 20
  /** The first card is declined, and another one is tried. */
  readonly isDeclinedOnce?: true
}

async function askCard(till: Till, bill: Bill, amount: number, wish: CardWish): Promise<void> {
  const { tip: percent, isDeclinedOnce } = wish
  const sheet = sheetOf(till)
  const tip = percent === undefined ? 0 : part(amount, percent, 100)
  await button(sheet, 'Card').click()
  if (percent !== undefined) await button(sheet, `${percent}% tip`).click()
  if (isDeclinedOnce) till.house.cardFaults.push('declined')
  await button(sheet, `Ask for card ${usd(amount + tip)}`).click()
  if (isDeclinedOnce) {
    await sheet.getByText('The card was declined').waitFor()
    return retry(till, bill, amount, wish)
  }
  await sheet.getByText(/^Card approved/).waitFor()
  note(bill, till, 'Card', amount, tip)
  await goOn(till, bill)
}

async function retry(till: Till, bill: Bill, amount: number, { tip }: CardWish): Promise<void> {
  await button(sheetOf(till), 'Try again or pay otherwise').click()
  // The form that comes back is still the card's, with nothing chosen in it.
  await button(sheetOf(till), 'Cash').click()
  await askCard(till, bill, amount, tip === undefined ? {} : { tip })
}

export const card =
  (wish: CardWish = {}): Step =>
  async ({ till, bill }) => {
    await openPay(till, bill)
    await askCard(till, bill, costOf(bill).due, wish)
  }

async function split(till: Till, bill: Bill): Promise<void> {
  await openPay(till, bill)
  await button(sheetOf(till), 'Split').click()
}

/** Each guest pays what was served at the seat. */
export const cashBySeats: Step = async ({ till, bill }) => {
  const lines = bill.lines.filter(({ fate }) => fate === 'sold')
  const seats = [...new Set(lines.map(({ seat }) => seat!))].toSorted((a, b) => a - b)
  await split(till, bill)
  await button(sheetOf(till), `By seat: ${seats.length} guests`).click()
  for (const seat of seats) await cashAtSeat(till, bill, seat)
}

async function cashAtSeat(till: Till, bill: Bill, seat: number): Promise<void> {
  const own = bill.lines.filter((line) => line.seat === seat && line.fate === 'sold')
  await button(sheetOf(till), `Pay Seat ${seat}`).click()
  await exactly(till, bill, sum(own.map(withTax)))
  if (isPaid(bill)) return
  const checks = sheetOf(till).getByRole('region', { name: 'Checks' }).getByRole('listitem')
  await checks
    .filter({ hasText: `Seat ${seat}` })
    .getByText('✓ Paid')
    .waitFor()
}

/** So many pay the same; one of them by card, with a tip. */
export const inEqualParts =
  (parts: number): Step =>
  async ({ till, bill }) => {
    const { due } = costOf(bill)
    // The first ones pay the odd cents.
    const each = Array.from(
      { length: parts },
      (_, place) => Math.floor(due / parts) + (place < due % parts ? 1 : 0),
    )
    await split(till, bill)
    await button(sheetOf(till), `${parts} × ${usd(each[0]!)}`).click()
    for (const [place, amount] of each.entries()) {
      await sheetOf(till)
        .getByText(`part ${place + 1} of ${parts}`)
        .waitFor()
      if (place === 0) await askCard(till, bill, amount, { tip: 15 })
      else await exactly(till, bill, amount)
    }
  }

/** One pays for these dishes, and another for what is left. */
export const byItems =
  (...names: readonly string[]): Step =>
  async ({ till, bill }) => {
    const own = bill.lines.filter(({ name, fate }) => names.includes(name) && fate === 'sold')
    const amount = sum(own.map(withTax))
    await split(till, bill)
    for (const { name, quantity } of own) {
      await sheetOf(till)
        .getByRole('button', { name: beginning(`${quantity} × ${name}`) })
        .click()
    }
    await button(sheetOf(till), `Pay these ${usd(amount)}`).click()
    await exactly(till, bill, amount)
    await button(sheetOf(till), 'Pay The rest').click()
    await exactly(till, bill, costOf(bill).due)
  }

/** One pays so much of it, and another what is left. */
export const byAmount =
  (amount: number): Step =>
  async ({ till, bill }) => {
    await split(till, bill)
    await button(sheetOf(till), 'By amount').click()
    const typing = sheetOf(till).getByRole('group', { name: 'By amount' }).first()
    await typeAmount(typing.getByRole('group', { name: 'By amount' }), amount)
    await button(typing, 'Add check').click()
    await exactly(till, bill, amount)
    await exactly(till, bill, costOf(bill).due)
  }

/** Two guests: the first one pays, and then the other takes all that is left. */
export const firstSeatAndBack: Step = async ({ till, bill }) => {
  await split(till, bill)
  await button(sheetOf(till), 'By seat: 2 guests').click()
  await cashAtSeat(till, bill, 1)
  await button(sheetOf(till), 'One bill again').click()
  await button(sheetOf(till), 'By seat: 1 guest').waitFor()
  await button(sheetOf(till), 'Close').click()
}
