import type { Random } from '../simulation/random.ts'
import { liveLines, openAccount, sumsOf, take, type Account, type Line } from './checker/account.ts'
import type { Channel, Combo, Level, Menu, Pick, Purpose, Step, Story } from './checker/story.ts'

/** Menus and orders as a restaurant has them, and some as none ever has. */

const CHANNELS: readonly Channel[] = ['dine_in', 'takeout', 'delivery', 'online']
const PURPOSES: readonly (Purpose | null)[] = [
  'returned',
  'goodwill',
  'overpaid',
  'other_payment',
  null,
]
/** Two decimals, none, three. */
const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const
const RATES = [0, 25_000, 70_000, 88_750, 100_000, 190_000, 333_333, 1_000_000]
const ITEMS = 12
const CATEGORIES = ['food', 'drinks', 'sweets'] as const
const MOST_TRIES = 30
const MOST_LINES = 9

export function makeMenu(random: Random): Menu {
  const taxes = Object.fromEntries(
    ['food', 'drink', 'wine', 'none'].map((id) => [
      id,
      { ppm: id === 'none' ? 0 : rate(random), included: random.chance(0.5) },
    ]),
  )
  const items = Object.fromEntries(
    Array.from({ length: ITEMS }, (_, n) => [
      `item-${n}`,
      {
        price: price(random),
        tax: random.pick(Object.keys(taxes)),
        category: random.pick(CATEGORIES),
      },
    ]),
  )
  const extras = {
    cheese: random.below(300),
    nothing: 0,
    small: -random.below(400),
    gold: random.below(20_000),
  }
  return {
    currency: random.pick(CURRENCIES),
    taxRounding: random.pick(['line', 'order'] as const),
    serviceChargePpm: random.pick([0, 0, 50_000, 100_000, 125_000, 1 + random.below(999_999)]),
    serviceChargeFrom: random.pick([null, null, 4]),
    taxes,
    items,
    extras,
    levels: Array.from({ length: random.below(4) }, (_, n) => someLevel(random, n, items)),
    channelTaxes: Object.fromEntries(
      Object.keys(taxes)
        .filter(() => random.chance(0.3))
        .map((id) => [id, { [random.pick(CHANNELS)]: random.pick(Object.keys(taxes)) }]),
    ),
    combos: Object.fromEntries(
      Array.from({ length: 3 }, (_, n) => [`combo-${n}`, someCombo(random, items)]),
    ),
  }
}

const pickSome = <T>(random: Random, from: readonly T[], part: number): T[] =>
  from.filter(() => random.chance(part))

const someLevel = (random: Random, n: number, items: Menu['items']): Level => ({
  id: `level-${random.below(100)}-${n}`,
  position: random.below(3),
  channels: pickSome(random, CHANNELS, 0.3),
  windows: random.chance(0.5)
    ? []
    : Array.from({ length: random.between(1, 2) }, () => ({
        days: [random.between(1, 7), ...pickSome(random, [1, 2, 3, 4, 5, 6, 7], 0.4)],
        from: random.pick([0, 360, 719, 720, 721, 1_080]),
        to: random.pick([0, 360, 719, 720, 721, 1_440]),
      })),
  prices: {
    ...Object.fromEntries(
      pickSome(random, Object.keys(items), 0.2).map((id) => [id, price(random)] as const),
    ),
    ...(random.chance(0.3) && { 'combo-0': price(random) }),
  },
  rates: Object.fromEntries(
    pickSome(random, CATEGORIES, 0.4).map((id) => [
      id,
      random.pick([0, 333_333, 500_000, 850_000, 1_000_000, 1_200_000]),
    ]),
  ),
})

const someCombo = (random: Random, items: Menu['items']): Combo => ({
  price: random.chance(0.1) ? 0 : price(random),
  category: random.pick(CATEGORIES),
  slots: Array.from({ length: random.between(1, 3) }, () => {
    const [first, ...others] = Object.keys(items).toSorted(() => random.between(-1, 1))
    const choices = [first!, ...others.slice(0, random.between(0, 3))]
    return {
      min: random.between(0, 1),
      max: random.between(1, 3),
      choices: Object.fromEntries(
        choices.map((id) => [id, random.chance(0.7) ? 0 : random.below(500)]),
      ),
    }
  }),
})

const rate = (random: Random): number =>
  random.chance(0.2) ? random.below(1_000_001) : random.pick(RATES)

const price = (random: Random): number =>
  random.weighted<() => number>([
    [1, () => 0],
    [2, () => random.below(20)],
    [12, () => random.between(100, 4_999)],
    [2, () => random.between(1_000, 5_000_000)],
    [1, () => 100_000_000 - random.below(1_000)],
  ])()

/** An order, step by step, with what the checker makes of it. */
export function makeStory(
  random: Random,
  menu: Menu,
): { readonly story: Story; readonly account: Account; readonly verdicts: readonly string[] } {
  const channel = random.pick(CHANNELS)
  const beside = random.chance(0.3) ? random.pick(['dine_in', 'takeout'] as const) : null
  const gift = random.chance(0.3) ? random.between(500, 20_000) : null
  const account = openAccount(menu, channel, { beside, gift })
  const steps: Step[] = []
  const verdicts: string[] = []
  // Of a cancelled order there may be nothing left to do.
  for (let tries = random.between(4, MOST_TRIES); tries > 0; tries -= 1) {
    const step = nextStep(random, menu, account)
    if (step === null) continue
    steps.push(step)
    verdicts.push(take(account, step, menu))
  }
  return { story: { channel, beside, gift, steps }, account, verdicts }
}

/** Null: nothing of the kind can be done now. */
function nextStep(random: Random, menu: Menu, account: Account): Step | null {
  const mayChange = account.status === 'pending' || account.status === 'confirmed'
  const kind = random.weighted<Step['do']>([
    [liveLines(account).length === 0 ? 40 : 14, 'add'],
    [3, 'combo'],
    [3, 'quantity'],
    [3, 'extras'],
    [account.beside === null ? 0 : 5, 'beside'],
    [account.beside === null ? 0 : 5, 'away'],
    [account.beside === null ? 0 : 5, 'bring'],
    [3, 'void'],
    [2, 'comp'],
    [2, 'guests'],
    [2, 'charge'],
    [4, 'discount'],
    [1, 'channel'],
    [2, 'voucher'],
    [1, 'withdraw'],
    [2, 'send'],
    [2, 'serve'],
    [1, 'cancel'],
    [9, 'pay'],
    [5, 'ask'],
    [7, 'answer'],
    [1, 'word'],
    [6, 'refund'],
  ])
  switch (kind) {
    case 'add':
      if (!mayChange || account.lines.length >= MOST_LINES) return null
      return {
        do: 'add',
        item: random.pick(Object.keys(menu.items)),
        quantity: random.chance(0.9) ? random.between(1, 4) : random.between(1, 999),
        extras: someExtras(random, menu),
      }
    case 'combo':
      return mayChange && account.lines.length < MOST_LINES ? someOfCombo(random, menu) : null
    case 'quantity':
    case 'extras': {
      const line = placeOf(random, account.lines, (l) => isThere(account, l) && !l.isSent)
      if (!mayChange || line === null) return null
      return kind === 'quantity'
        ? { do: 'quantity', line, quantity: random.between(1, 12) }
        : { do: 'extras', line, extras: someExtras(random, menu) }
    }
    case 'comp': {
      const line = placeOf(random, account.lines, (l) => isThere(account, l))
      if (!mayChange || line === null) return null
      return { do: 'comp', line, isBack: account.lines[line]!.isComped }
    }
    case 'guests':
      return mayChange ? { do: 'guests', guests: random.between(1, 8) } : null
    case 'charge':
      return mayChange ? someCharge(random) : null
    case 'beside': {
      const { beside } = account
      if (beside === null || beside.lines.length >= MOST_LINES) return null
      const item = random.pick(Object.keys(menu.items))
      const [quantity, extras] = [random.between(1, 4), someExtras(random, menu)]
      return { do: 'beside', item, quantity, extras }
    }
    case 'away':
    case 'bring': {
      const { beside } = account
      if (beside === null || !mayChange) return null
      const line = someToMove(random, kind === 'away' ? account : beside)
      return line === null ? null : { do: kind, line }
    }
    case 'void': {
      const line = placeOf(random, account.lines, (l) => isThere(account, l))
      return mayChange && line !== null ? { do: 'void', line } : null
    }
    case 'discount':
      return mayChange ? someDiscount(random, account, menu) : null
    case 'voucher':
      return mayChange ? { do: 'voucher', amount: 1 + random.below(20_000) } : null
    case 'withdraw': {
      const sold = placeOf(random, account.vouchers, (amount) => amount !== null)
      return mayChange && sold !== null ? { do: 'withdraw', voucher: sold } : null
    }
    case 'channel':
      return mayChange ? { do: 'channel', channel: random.pick(CHANNELS) } : null
    case 'send': {
      const isPaid = sumsOf(account, menu).due <= 0n
      const isPossible = liveLines(account).length > 0 && (account.channel !== 'online' || isPaid)
      return account.status === 'pending' && isPossible ? { do: 'send' } : null
    }
    case 'serve': {
      const isPaid = sumsOf(account, menu).due <= 0n
      const lines = liveLines(account)
      const isSent = lines.length > 0 && lines.every((line) => line.isSent)
      return account.status === 'confirmed' && isPaid && isSent ? { do: 'serve' } : null
    }
    case 'cancel':
      return mayChange && random.chance(0.5) ? { do: 'cancel' } : null
    case 'pay':
      return account.status === 'cancelled' ? null : somePayment(random, account, menu)
    case 'ask': {
      if (account.status === 'cancelled') return null
      const anyway = random.chance(0.2)
      return { do: 'ask', amount: someDue(random, account, menu), tip: someTip(random), anyway }
    }
    case 'answer': {
      const ask = placeOf(random, account.asks, (a) => !a.hasAnswered)
      if (ask === null) return null
      const { amount, tip } = account.asks[ask]!
      const asked = Number(amount + tip)
      const charged = random.weighted([
        [6, asked],
        [2, random.between(1, asked)],
        [1, asked + random.below(500)],
        [2, null],
      ])
      return { do: 'answer', ask, charged }
    }
    case 'word': {
      const ask = placeOf(random, account.asks, (a) => a.state === 'pending')
      return ask === null ? null : { do: 'word', ask, taken: random.chance(0.5) }
    }
    case 'refund': {
      const payment = placeOf(random, account.payments, () => true)
      if (payment === null) return null
      const { amount, tip, refunded } = account.payments[payment]!
      const left = Number(amount + tip - refunded)
      return {
        do: 'refund',
        payment,
        amount: 1 + random.below(Math.max(1, random.chance(0.9) ? left : left + 500)),
        purpose: random.pick(PURPOSES),
        terminal: random.weighted([
          [6, 'done'],
          [1, 'refused'],
          [1, 'asked'],
        ]),
      }
    }
  }
}

const isThere = ({ name }: Account, line: Line): boolean => !line.isVoided && line.at === name

/** Of an order that the kitchen has, not all: what is left of it then is another story. */
function someToMove(random: Random, from: Account): number | null {
  const place = placeOf(random, from.lines, (line) => isThere(from, line))
  const combo = place === null ? null : from.lines[place]!.combo
  const moved = liveLines(from).filter((line) => combo !== null && line.combo === combo)
  const stays = liveLines(from).length - Math.max(1, moved.length)
  return stays > 0 || from.status === 'pending' ? place : null
}

/** Null: nothing was picked, which nobody can sell. */
function someOfCombo(random: Random, menu: Menu): Step | null {
  const combo = random.pick(Object.keys(menu.combos))
  const picks = menu.combos[combo]!.slots.flatMap(({ min, max, choices }, slot) =>
    Array.from({ length: random.between(min, max) }, (): Pick => ({
      slot,
      item: random.pick(Object.keys(choices)),
      extras: someExtras(random, menu),
    })),
  )
  return picks.length === 0 ? null : { do: 'combo', combo, quantity: random.between(1, 3), picks }
}

const someExtras = (random: Random, menu: Menu): string[] =>
  Object.keys(menu.extras).filter(() => random.chance(0.25))

function someDiscount(random: Random, account: Account, menu: Menu): Step {
  const subtotal = Number(sumsOf(account, menu).subtotal)
  return random.weighted<() => Step>([
    [4, () => ({ do: 'discount', percentPpm: random.pick([50_000, 100_000, 125_000, 333_333]) })],
    [1, () => ({ do: 'discount', percentPpm: random.below(1_000_001) })],
    // The house pays: a comp.
    [1, () => ({ do: 'discount', percentPpm: 1_000_000 })],
    [4, () => ({ do: 'discount', amount: random.below(subtotal + 100) })],
    [1, () => ({ do: 'discount' })],
  ])()
}

const someCharge = (random: Random): Step =>
  random.weighted<() => Step>([
    [3, () => ({ do: 'charge', percentPpm: random.pick([100_000, 125_000, 180_000, 333_333]) })],
    [2, () => ({ do: 'charge', amount: random.below(2_000) })],
    [1, () => ({ do: 'charge', isNone: true })],
    [1, () => ({ do: 'charge' })],
  ])()

function somePayment(random: Random, account: Account, menu: Menu): Step {
  const amount = someDue(random, account, menu)
  const tip = someTip(random)
  if (account.gift !== null && random.chance(0.4)) {
    const fits = Math.min(amount, Math.max(1, Number(account.gift) - tip))
    const paid = random.chance(0.8) ? fits : amount
    return { do: 'pay', method: 'voucher', amount: paid, tip, tendered: null }
  }
  if (random.chance(0.2)) return { do: 'pay', method: 'external', amount, tip, tendered: null }
  const tendered = random.chance(0.5) ? null : amount + tip + random.below(5_000) - 200
  return { do: 'pay', method: 'cash', amount, tip, tendered: tendered && Math.max(0, tendered) }
}

/** Mostly all of it or a part, now and then a cent too much. */
function someDue(random: Random, account: Account, menu: Menu): number {
  const due = Math.max(1, Math.min(9_000_000_000 - 1, Number(sumsOf(account, menu).due)))
  return random.weighted<() => number>([
    [5, () => due],
    [4, () => 1 + random.below(due)],
    [1, () => due + 1],
  ])()
}

const someTip = (random: Random): number => (random.chance(0.3) ? random.below(1_000) : 0)

function placeOf<T>(random: Random, from: readonly T[], isFit: (one: T) => boolean): number | null {
  const places = [...from.keys()].filter((place) => isFit(from[place]!))
  return places.length === 0 ? null : random.pick(places)
}
