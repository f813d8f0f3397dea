/**
 * What happened at a till, in plain JSON and in the checker's own words: things are named by their
 * place (the second line, the first payment), so that no id of the product is needed.
 */

export interface Menu {
  readonly currency: string
  readonly taxRounding: 'line' | 'order'
  readonly serviceChargePpm: number
  /** For parties of so many and more; null: for all. */
  readonly serviceChargeFrom: number | null
  readonly taxes: { readonly [id: string]: { readonly ppm: number; readonly included: boolean } }
  readonly items: { readonly [id: string]: Item }
  readonly extras: { readonly [id: string]: number }
  readonly levels: readonly Level[]
  /** Of a tax: which one counts in its place in a channel. */
  readonly channelTaxes: { readonly [tax: string]: { readonly [C in Channel]?: string } }
  readonly combos: { readonly [id: string]: Combo }
}

export interface Item {
  readonly price: number
  readonly tax: string
  readonly category: string
}

/** Another price for an item, or a part of a million of its own for all of a category. */
export interface Level {
  readonly id: string
  readonly position: number
  readonly channels: readonly Channel[]
  readonly windows: readonly Window[]
  readonly prices: { readonly [item: string]: number }
  readonly rates: { readonly [category: string]: number }
}

/** In minutes of the day. */
export interface Window {
  readonly days: readonly number[]
  readonly from: number
  readonly to: number
}

export interface Combo {
  readonly price: number
  readonly category: string
  readonly slots: readonly Slot[]
}

export interface Slot {
  readonly min: number
  readonly max: number
  /** What each costs beside the combo's price. */
  readonly choices: { readonly [item: string]: number }
}

export interface Pick {
  readonly slot: number
  readonly item: string
  readonly extras: readonly string[]
}

export type Channel = 'dine_in' | 'takeout' | 'delivery' | 'online'
export type Purpose = 'returned' | 'goodwill' | 'overpaid' | 'other_payment'

export type Step =
  | {
      readonly do: 'add'
      readonly item: string
      readonly quantity: number
      readonly extras: readonly string[]
    }
  | {
      readonly do: 'combo'
      readonly combo: string
      readonly quantity: number
      readonly picks: readonly Pick[]
    }
  | { readonly do: 'quantity'; readonly line: number; readonly quantity: number }
  | { readonly do: 'extras'; readonly line: number; readonly extras: readonly string[] }
  /** Sold in the order beside this one. */
  | {
      readonly do: 'beside'
      readonly item: string
      readonly quantity: number
      readonly extras: readonly string[]
    }
  /** A line goes to the order beside this one, or comes from there: its place is that of its order. */
  | { readonly do: 'away'; readonly line: number }
  | { readonly do: 'bring'; readonly line: number }
  | { readonly do: 'void'; readonly line: number }
  | { readonly do: 'comp'; readonly line: number; readonly isBack: boolean }
  | { readonly do: 'guests'; readonly guests: number }
  /** With nothing: by the rule of the store again. */
  | {
      readonly do: 'charge'
      readonly percentPpm?: number
      readonly amount?: number
      readonly isNone?: true
    }
  | { readonly do: 'discount'; readonly percentPpm?: number; readonly amount?: number }
  /** A gift voucher is sold with the order. */
  | { readonly do: 'voucher'; readonly amount: number }
  | { readonly do: 'withdraw'; readonly voucher: number }
  | { readonly do: 'channel'; readonly channel: Channel }
  | { readonly do: 'send' }
  | { readonly do: 'serve' }
  | { readonly do: 'cancel' }
  | {
      readonly do: 'pay'
      readonly method: 'cash' | 'external' | 'voucher'
      readonly amount: number
      readonly tip: number
      /** Null: exactly what is asked. */
      readonly tendered: number | null
    }
  /** The terminal is asked for it; `anyway`: although another card is being asked. */
  | { readonly do: 'ask'; readonly amount: number; readonly tip: number; readonly anyway: boolean }
  /** It has charged so much, or nothing. */
  | { readonly do: 'answer'; readonly ask: number; readonly charged: number | null }
  /** A manager's word where the terminal says none. */
  | { readonly do: 'word'; readonly ask: number; readonly taken: boolean }
  | {
      readonly do: 'refund'
      readonly payment: number
      readonly amount: number
      readonly purpose: Purpose | null
      /** Of a card: whether the terminal has given it back, refused, or is still being asked. */
      readonly terminal: 'done' | 'refused' | 'asked'
    }

export interface Story {
  readonly channel: Channel
  /** Where the order beside it is eaten; null: there is none. */
  readonly beside?: 'dine_in' | 'takeout' | null
  /** What a gift voucher of the guest's is worth; null: there is none. */
  readonly gift?: number | null
  readonly steps: readonly Step[]
}
