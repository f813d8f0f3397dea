import type { Line } from './account.ts'
import { partsPerMillion, rounded, shared, sum } from './fraction.ts'
import type { Channel, Menu, Pick, Window } from './story.ts'

/** What things cost, by rules G1 to G4, at the one moment at which all stories happen. */

/** A Thursday, at noon on the store's clock. */
const WEEKDAY = 4
const MINUTE = 12 * 60

const isOpen = ({ days, from, to }: Window): boolean => {
  const goesOn = to <= from
  const today = days.includes(WEEKDAY) && MINUTE >= from && (goesOn || MINUTE < to)
  const yesterday = days.includes(WEEKDAY - 1) && goesOn && MINUTE < to
  return today || yesterday
}

/** Of an item or a combo. */
function priceNow(
  menu: Menu,
  id: string,
  { price, category }: { readonly price: number; readonly category: string },
  channel: Channel,
): bigint {
  const levels = [...menu.levels]
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .filter(({ channels }) => channels.length === 0 || channels.includes(channel))
    .filter(({ windows }) => windows.length === 0 || windows.some(isOpen))
  for (const { prices, rates } of levels) {
    if (id in prices) return BigInt(prices[id]!)
    if (category in rates) return rounded(partsPerMillion(BigInt(price), BigInt(rates[category]!)))
  }
  return BigInt(price)
}

function taxNow(menu: Menu, named: string, channel: Channel): Line['tax'] {
  const id = menu.channelTaxes[named]?.[channel] ?? named
  const { ppm, included } = menu.taxes[id]!
  return { id, ppm: BigInt(ppm), included }
}

export const pricesOf = (extras: readonly string[], menu: Menu): bigint[] =>
  extras.map((id) => BigInt(menu.extras[id]!))

const standing = {
  isVoided: false,
  isComped: false,
  isSent: false,
  home: 'here',
  at: 'here',
  born: 0,
} as const

export const lineOf = (
  menu: Menu,
  channel: Channel,
  sold: { readonly item: string; readonly quantity: number; readonly extras: readonly string[] },
): Line => {
  const item = menu.items[sold.item]!
  return {
    ...standing,
    price: priceNow(menu, sold.item, item, channel),
    tax: taxNow(menu, item.tax, channel),
    quantity: BigInt(sold.quantity),
    extras: pricesOf(sold.extras, menu),
    combo: null,
  }
}

/** One line a pick: its share of the combo's price by what the items cost alone, and its surcharge. */
export function comboLines(
  menu: Menu,
  channel: Channel,
  sold: { readonly combo: string; readonly quantity: number; readonly picks: readonly Pick[] },
): Line[] {
  const combo = menu.combos[sold.combo]!
  const whole = priceNow(menu, sold.combo, combo, channel)
  const alone = sold.picks.map(({ item }) => BigInt(menu.items[item]!.price))
  const weights = sum(alone) === 0n ? alone.map(() => 1n) : alone
  const shares = shared(whole, weights)
  // Which lines belong together: an object of its own for each that is sold.
  const together = { id: sold.combo }
  return sold.picks.map(({ slot, item, extras }, place) => ({
    ...standing,
    price: shares[place]! + BigInt(combo.slots[slot]!.choices[item]!),
    tax: taxNow(menu, menu.items[item]!.tax, channel),
    quantity: BigInt(sold.quantity),
    extras: pricesOf(extras, menu),
    combo: together,
  }))
}
