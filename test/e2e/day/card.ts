/**
 * What stands on the demo restaurant's menu card, copied by hand: prices in cents, as a guest reads
 * them. The day's sums are worked out from this and from nothing that the program says.
 */
export type Station = 'Grill & oven' | 'Salads & desserts' | 'Bar'

export interface Dish {
  readonly page: string
  readonly price: number
  /** Of a million. */
  readonly tax: number
  /** Null: it is handed over as it is. */
  readonly station: Station | null
  /** A part of it is made there as well. */
  readonly also?: Station
  /** The till asks for a choice before it rings this up. */
  readonly asks?: true
}

const SALES_TAX = 88_750
const ALCOHOL_TAX = 100_000

/** In the order in which a report names them. */
export const TAXES = {
  'Alcohol 10 %': ALCOHOL_TAX,
  'Sales tax 8.875 %': SALES_TAX,
} as const

const grill = (page: string, price: number): Dish => ({
  page,
  price,
  tax: SALES_TAX,
  station: 'Grill & oven',
})
const cold = (page: string, price: number): Dish => ({
  page,
  price,
  tax: SALES_TAX,
  station: 'Salads & desserts',
})

export const CARD = {
  'Soup of the day': grill('Starters', 750),
  'French onion soup': grill('Starters', 950),
  'Chicken wings (8)': grill('Starters', 1295),
  'Onion rings': grill('Starters', 795),
  'Garlic bread': grill('Starters', 650),
  'Shrimp cocktail': cold('Starters', 1450),
  'Classic burger': grill('Burgers', 1250),
  Cheeseburger: grill('Burgers', 1395),
  'Bacon burger': { ...grill('Burgers', 1550), also: 'Salads & desserts' },
  'Double burger': grill('Burgers', 1795),
  'Veggie burger': grill('Burgers', 1350),
  'Kids burger': grill('Burgers', 895),
  'House burger': grill('Burgers', 1400),
  'Ribeye steak 12 oz': { ...grill('Grill & plates', 3495), asks: true },
  'Grilled salmon': { ...grill('Grill & plates', 2595), asks: true },
  'Fish and chips': grill('Grill & plates', 1895),
  'Moules frites': grill('Grill & plates', 2150),
  'Mac and cheese': grill('Grill & plates', 1495),
  Margherita: { ...grill('Pizza', 1295), asks: true },
  Funghi: { ...grill('Pizza', 1450), asks: true },
  'House salad': { ...cold('Salads', 895), asks: true },
  Caprese: cold('Salads', 1250),
  'Crème brûlée': cold('Desserts', 895),
  'Warm brownie': cold('Desserts', 795),
  'Ice cream, two scoops': cold('Desserts', 650),
  Espresso: { page: 'Coffee & soft drinks', price: 325, tax: SALES_TAX, station: 'Bar' },
  'Caffè latte': {
    page: 'Coffee & soft drinks',
    price: 495,
    tax: SALES_TAX,
    station: 'Bar',
    asks: true,
  },
  'Pot of tea': { page: 'Coffee & soft drinks', price: 395, tax: SALES_TAX, station: 'Bar' },
  'Cola (bottle)': { page: 'Coffee & soft drinks', price: 350, tax: SALES_TAX, station: null },
  'Still water (bottle)': {
    page: 'Coffee & soft drinks',
    price: 300,
    tax: SALES_TAX,
    station: null,
  },
  'Draft lager, pint': {
    page: 'Beer, wine & spirits',
    price: 750,
    tax: ALCOHOL_TAX,
    station: 'Bar',
  },
  'House red, glass': {
    page: 'Beer, wine & spirits',
    price: 950,
    tax: ALCOHOL_TAX,
    station: 'Bar',
  },
  'Pilsner (bottle)': { page: 'Beer, wine & spirits', price: 650, tax: ALCOHOL_TAX, station: null },
} as const satisfies Readonly<Record<string, Dish>>

export type DishName = keyof typeof CARD

/** What a choice costs on top. */
export const CHOICES = {
  'Extra cheese': 150,
  'Extra bacon': 250,
  'Fried egg': 175,
  'No onions': 0,
  'No pickles': 0,
  'BBQ sauce': 0,
  'Garlic aioli': 75,
  Rare: 0,
  'Medium rare': 0,
  'French fries': 0,
  'Truffle fries': 350,
  '12 inch': 400,
  Mushrooms: 150,
  'House vinaigrette': 0,
  'Grilled chicken': 500,
  'Oat milk': 75,
} as const

export type Choice = keyof typeof CHOICES

/** The burger menu, and what its better parts cost on top. */
export const BURGER_MENU = { price: 2095, lager: 200 } as const
