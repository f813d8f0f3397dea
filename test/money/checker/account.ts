import { fraction, partsPerMillion, rounded, shared, sum } from './fraction.ts'
import { comboLines, lineOf, pricesOf } from './menu-now.ts'
import type { Channel, Menu, Purpose, Step, Story } from './story.ts'

/**
 * A second opinion on the money of an order. It is written from the rules in docs/SPEC.md (G1 to
 * G4, M1, M3, M5) alone, in exact arithmetic, and shares no code with the product: where the two disagree, one of
 * them is wrong, or the rules are not exact enough.
 */
export interface Account {
  readonly name: Where
  /** Another order of the same guests; null: there is none. */
  readonly beside: Account | null
  /** What is left on the guest's gift voucher; null: there is none. */
  gift: bigint | null
  channel: Channel
  /** As it was when the order began, whatever the channel is now. */
  readonly serviceChargePpm: bigint
  /** For parties of so many and more; null: for all. */
  readonly serviceChargeFrom: number | null
  guests: number | null
  /** Set by hand; null: by the rule. */
  charge: { readonly ppm: bigint } | { readonly amount: bigint } | 'none' | null
  status: 'pending' | 'confirmed' | 'ready' | 'completed' | 'cancelled'
  readonly lines: Line[]
  discount: { readonly ppm: bigint } | { readonly amount: bigint } | null
  /** Gift vouchers that are sold with it; null: taken out again. */
  readonly vouchers: (bigint | null)[]
  readonly payments: Payment[]
  readonly asks: Ask[]
}

export interface Line {
  readonly price: bigint
  readonly tax: { readonly id: string; readonly ppm: bigint; readonly included: boolean }
  quantity: bigint
  extras: readonly bigint[]
  isVoided: boolean
  isComped: boolean
  isSent: boolean
  /** What it was sold in: lines of one combo go together. */
  readonly combo: object | null
  /** In which order it was sold, as the how manieth of both, and in which one it is now. */
  home: Where
  born: number
  at: Where
}

export type Where = 'here' | 'beside'

export interface Payment {
  readonly method: string
  amount: bigint
  tip: bigint
  tendered: bigint
  change: bigint
  refunded: bigint
  forgiven: bigint
  /** What the terminal is giving back of it, and has not said yet. */
  asked: bigint
}

export interface Ask {
  readonly amount: bigint
  readonly tip: bigint
  state: 'pending' | 'done' | 'failed'
  /** What it became. */
  payment: Payment | null
  hasAnswered: boolean
}

export interface Sums {
  readonly subtotal: bigint
  readonly discount: bigint
  readonly serviceCharge: bigint
  readonly tax: bigint
  readonly taxAdded: bigint
  readonly taxes: readonly TaxPart[]
  readonly vouchers: bigint
  readonly tip: bigint
  readonly total: bigint
  readonly paid: bigint
  readonly due: bigint
}

export interface TaxPart {
  readonly id: string
  readonly ppm: bigint
  readonly included: boolean
  base: bigint
  tax: bigint
}

/** Whether the step is taken, or why not. */
export type Verdict =
  | 'taken'
  | 'too much'
  | 'too little cash'
  | 'card is being asked'
  | 'too large'
  | 'nothing to pay'
  | 'not on the voucher'

const MOST = 9_000_000_000n

export const openAccount = (
  menu: Menu,
  channel: Channel,
  { beside = null, gift = null }: Pick<Partial<Story>, 'beside' | 'gift'> = {},
): Account => ({
  name: 'here',
  beside: beside && { ...openAccount(menu, beside), name: 'beside' },
  gift: gift === null ? null : BigInt(gift),
  channel,
  serviceChargePpm: channel === 'dine_in' ? BigInt(menu.serviceChargePpm) : 0n,
  serviceChargeFrom: menu.serviceChargeFrom,
  guests: null,
  charge: null,
  status: 'pending',
  lines: [],
  discount: null,
  vouchers: [],
  payments: [],
  asks: [],
})

/** What a line would come to, comped or not. */
export const lineValue = ({ price, extras, quantity }: Line): bigint => {
  const each = price + sum(extras)
  return each < 0n ? 0n : each * quantity
}

export const lineTotal = (line: Line): bigint => (line.isComped ? 0n : lineValue(line))

export const liveLines = (account: Account): Line[] =>
  account.lines.filter((line) => !line.isVoided && line.at === account.name)

export function sumsOf(account: Account, menu: Menu): Sums {
  const lines = liveLines(account)
  const gross = lines.map(lineTotal)
  const subtotal = sum(gross)
  const discount = discountOf(account, subtotal)
  const shares = shared(discount, gross)
  const nets = gross.map((amount, place) => amount - shares[place]!)
  const serviceCharge = lines.length === 0 ? 0n : chargeOf(account, subtotal - discount)
  const taxes = taxesOf(lines, nets, menu)
  const tax = sum(taxes.map((part) => part.tax))
  const taxAdded = sum(taxes.filter((part) => !part.included).map((part) => part.tax))
  const tip = sum(account.payments.map((payment) => payment.tip))
  const vouchers = sum(account.vouchers.map((amount) => amount ?? 0n))
  const total = subtotal - discount + serviceCharge + taxAdded + vouchers + tip
  const paid = paidOf(account, total)
  return {
    subtotal,
    discount,
    serviceCharge,
    tax,
    taxAdded,
    taxes,
    vouchers,
    tip,
    total,
    paid,
    due: total - paid,
  }
}

function chargeOf(
  { charge, guests, serviceChargePpm, serviceChargeFrom }: Account,
  discounted: bigint,
): bigint {
  if (charge === 'none') return 0n
  if (charge !== null && 'amount' in charge) return charge.amount
  if (charge !== null) return rounded(partsPerMillion(discounted, charge.ppm))
  const isForThem = serviceChargeFrom === null || (guests ?? 0) >= serviceChargeFrom
  return isForThem ? rounded(partsPerMillion(discounted, serviceChargePpm)) : 0n
}

function discountOf({ discount }: Account, subtotal: bigint): bigint {
  if (discount === null) return 0n
  const wanted =
    'ppm' in discount ? rounded(partsPerMillion(subtotal, discount.ppm)) : discount.amount
  return wanted > subtotal ? subtotal : wanted
}

function taxesOf(lines: readonly Line[], nets: readonly bigint[], menu: Menu): TaxPart[] {
  const parts: TaxPart[] = []
  for (const [place, { tax }] of lines.entries()) {
    const net = nets[place]!
    const known = parts.find(
      ({ id, ppm, included }) => id === tax.id && ppm === tax.ppm && included === tax.included,
    )
    const part = known ?? { ...tax, base: 0n, tax: 0n }
    if (known === undefined) parts.push(part)
    part.base += net
    if (menu.taxRounding === 'line') part.tax += taxOn(net, tax)
  }
  if (menu.taxRounding === 'order') for (const part of parts) part.tax = taxOn(part.base, part)
  return parts
}

export const taxOn = (
  net: bigint,
  { ppm, included }: { readonly ppm: bigint; readonly included: boolean },
): bigint => rounded(fraction(net * ppm, included ? 1_000_000n + ppm : 1_000_000n))

export const heldOf = ({ payments }: Account): bigint =>
  sum(payments.map(({ amount, tip, refunded }) => amount + tip - refunded))

function paidOf(account: Account, total: bigint): bigint {
  const held = heldOf(account)
  if (account.status === 'cancelled') return held
  const forgiven = sum(account.payments.map((payment) => payment.forgiven))
  const missing = total > held ? total - held : 0n
  return held + (forgiven < missing ? forgiven : missing)
}

/** Does it, or says why not and leaves the account as it is. */
export function take(account: Account, step: Step, menu: Menu): Verdict {
  switch (step.do) {
    case 'add':
      return add(account, [lineOf(menu, account.channel, step)])
    case 'combo':
      return add(account, comboLines(menu, account.channel, step))
    case 'quantity':
    case 'extras': {
      const line = account.lines[step.line]!
      const change =
        step.do === 'quantity'
          ? { quantity: BigInt(step.quantity) }
          : { extras: pricesOf(step.extras, menu) }
      const meant = step.do === 'quantity' ? together(account, line) : [line]
      // What changes is looked at as if it were charged, with what was sold in one combo with it.
      const close = together(account, line)
      const worth = liveLines(account).map((each) => {
        const changed = meant.includes(each) ? { ...each, ...change } : each
        return close.includes(each) ? lineValue(changed) : lineTotal(changed)
      })
      if (sum(worth) > MOST) return 'too large'
      for (const each of meant) Object.assign(each, change)
      return 'taken'
    }
    case 'beside':
      return add(other(account), [lineOf(menu, other(account).channel, step)])
    case 'away':
      return move(account, other(account), step.line)
    case 'bring':
      return move(other(account), account, step.line)
    case 'void':
      for (const line of together(account, account.lines[step.line]!)) line.isVoided = true
      return 'taken'
    case 'comp':
      for (const line of together(account, account.lines[step.line]!)) {
        line.isComped = !step.isBack
      }
      return 'taken'
    case 'guests':
      account.guests = step.guests
      return 'taken'
    case 'charge':
      account.charge =
        step.percentPpm !== undefined
          ? { ppm: BigInt(step.percentPpm) }
          : step.amount !== undefined
            ? { amount: BigInt(step.amount) }
            : step.isNone
              ? 'none'
              : null
      return 'taken'
    case 'discount':
      account.discount =
        step.percentPpm !== undefined
          ? { ppm: BigInt(step.percentPpm) }
          : step.amount !== undefined
            ? { amount: BigInt(step.amount) }
            : null
      return 'taken'
    case 'voucher':
      account.vouchers.push(BigInt(step.amount))
      return 'taken'
    case 'withdraw':
      account.vouchers[step.voucher] = null
      return 'taken'
    case 'channel':
      account.channel = step.channel
      return 'taken'
    case 'send':
      confirm(account)
      return 'taken'
    case 'serve':
      account.status = 'completed'
      return 'taken'
    case 'cancel':
      account.status = 'cancelled'
      return 'taken'
    case 'pay':
      return pay(account, step, menu)
    case 'ask': {
      const verdict = mayPay(account, BigInt(step.amount), step.anyway, menu)
      if (verdict !== 'taken') return verdict
      if (BigInt(step.amount) + BigInt(step.tip) > MOST) return 'too large'
      const wanted = { amount: BigInt(step.amount), tip: BigInt(step.tip) }
      account.asks.push({ ...wanted, state: 'pending', payment: null, hasAnswered: false })
      return 'taken'
    }
    case 'answer':
      answer(account, account.asks[step.ask]!, step.charged, menu)
      return 'taken'
    case 'word':
      if (step.taken) {
        const ask = account.asks[step.ask]!
        charge(account, ask, ask.amount + ask.tip, menu)
      } else account.asks[step.ask]!.state = 'failed'
      return 'taken'
    case 'refund':
      return refund(account, step, menu)
  }
}

/** Which was sold before which, of all that ever was. */
let sold = 0

function add(account: Account, lines: readonly Line[]): Verdict {
  if (sum([...liveLines(account).map(lineTotal), ...lines.map(lineValue)]) > MOST)
    return 'too large'
  for (const line of lines) {
    sold += 1
    Object.assign(line, { home: account.name, at: account.name, born: sold })
  }
  account.lines.push(...lines)
  return 'taken'
}

/** A line that moves keeps its place among all that was sold, wherever it is. */
function move(from: Account, to: Account, place: number): Verdict {
  const moved = together(from, from.lines[place]!)
  if (sum([...liveLines(to), ...moved].map(lineTotal)) > MOST) return 'too large'
  for (const line of moved) {
    line.at = to.name
    if (line.home !== to.name) to.lines.push(line)
    if (line.home !== from.name) from.lines.splice(from.lines.indexOf(line), 1)
  }
  to.lines.sort((a, b) => a.born - b.born)
  // Its kitchen has a part of it already.
  if (to.status === 'pending' && moved.some((line) => line.isSent)) to.status = 'confirmed'
  return 'taken'
}

function other({ beside }: Account): Account {
  if (beside === null) throw new Error('there is no order beside this one')
  return beside
}

/** The line, and what was sold in one combo with it. */
const together = (account: Account, line: Line): Line[] =>
  line.combo === null ? [line] : liveLines(account).filter(({ combo }) => combo === line.combo)

function confirm(account: Account): void {
  // With nothing to cook, a voucher alone, it is ready at once.
  account.status = liveLines(account).length === 0 ? 'ready' : 'confirmed'
  for (const line of liveLines(account)) line.isSent = true
}

/** What follows from the last of what was due. */
function whenPaid(account: Account): void {
  const isGuestHere = account.channel === 'dine_in' || account.channel === 'takeout'
  if (account.status === 'pending') confirm(account)
  if (account.status === 'ready' && isGuestHere && liveLines(account).length === 0) {
    account.status = 'completed'
  }
}

/** What cards are being asked for, tips aside. */
const askedFor = ({ asks }: Account): bigint =>
  sum(asks.filter(({ state }) => state === 'pending').map(({ amount }) => amount))

function mayPay(account: Account, amount: bigint, anyway: boolean, menu: Menu): Verdict {
  const { due } = sumsOf(account, menu)
  const isVoucherSold = account.vouchers.some((voucher) => voucher !== null)
  if (liveLines(account).length === 0 && !isVoucherSold) return 'nothing to pay'
  if (amount > due) return 'too much'
  return amount > due - askedFor(account) && !anyway ? 'card is being asked' : 'taken'
}

function pay(account: Account, step: Extract<Step, { do: 'pay' }>, menu: Menu): Verdict {
  const [amount, tip] = [BigInt(step.amount), BigInt(step.tip)]
  const verdict = mayPay(account, amount, false, menu)
  if (verdict !== 'taken') return verdict
  const needed = amount + tip
  if (needed > MOST) return 'too large'
  const tendered = step.tendered === null ? needed : BigInt(step.tendered)
  if (tendered < needed) return 'too little cash'
  if (step.method === 'voucher') {
    if (needed > (account.gift ?? 0n)) return 'not on the voucher'
    account.gift = (account.gift ?? 0n) - needed
  }
  const { due } = sumsOf(account, menu)
  put(account, { method: step.method, amount, tip, tendered, change: tendered - needed })
  if (amount >= due) whenPaid(account)
  return 'taken'
}

function put(account: Account, said: Omit<Payment, 'refunded' | 'forgiven' | 'asked'>): Payment {
  const payment = { ...said, refunded: 0n, forgiven: 0n, asked: 0n }
  account.payments.push(payment)
  return payment
}

function answer(account: Account, ask: Ask, charged: number | null, menu: Menu): void {
  if (charged === null) {
    if (ask.state === 'pending') ask.state = 'failed'
    return
  }
  ask.hasAnswered = true
  charge(account, ask, BigInt(charged), menu)
}

/** Less than was asked for is less of the tip first; more is a tip. */
function charge(account: Account, ask: Ask, charged: bigint, menu: Menu): void {
  const { due } = sumsOf(account, menu)
  const amount = charged < ask.amount ? charged : ask.amount
  const said = { amount, tip: charged - amount, tendered: charged, change: 0n }
  if (ask.payment !== null) {
    // The terminal's answer takes the place of the manager's word, and counts from now on.
    Object.assign(ask.payment, said)
    account.payments.push(...account.payments.splice(account.payments.indexOf(ask.payment), 1))
    return
  }
  ask.payment = put(account, { method: 'card', ...said })
  ask.state = 'done'
  if (amount >= due) whenPaid(account)
}

function refund(account: Account, step: Extract<Step, { do: 'refund' }>, menu: Menu): Verdict {
  const payment = account.payments[step.payment]!
  const amount = BigInt(step.amount)
  const { due } = sumsOf(account, menu)
  const over = due < 0n ? -due : 0n
  const purpose = step.purpose ?? likely(amount, due)
  const left = payment.amount + payment.tip - payment.refunded - payment.asked
  const most = purpose === 'overpaid' && over < left ? over : left
  if (amount > most) return 'too much'
  if (payment.method === 'card' && step.terminal !== 'done') {
    if (step.terminal === 'asked') payment.asked += amount
    return 'taken'
  }
  payment.refunded += amount
  if (payment.method === 'voucher') account.gift = (account.gift ?? 0n) + amount
  if (purpose === 'returned' || purpose === 'goodwill') payment.forgiven += amount
  return 'taken'
}

function likely(amount: bigint, due: bigint): Purpose {
  if (amount <= -due) return 'overpaid'
  return due > 0n ? 'other_payment' : 'returned'
}
