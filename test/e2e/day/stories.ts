import type { Story } from './scene.ts'
import { comp, discount, handOver, voidSent } from './steps/afterwards.ts'
import { again, counter, delivery, table, takeout } from './steps/begin.ts'
import { card, cash, cashBySeats, cashFrom, inEqualParts } from './steps/pay.ts'
import { burgerMenu, repeatLast, ring, scanCola } from './steps/ring.ts'
import { fireFromPlan, hold, send, serve } from './steps/send.ts'

/** Sam at the first till, until noon. */
export const SAM_AT_NOON: readonly Story[] = [
  {
    order: 1,
    what: 'A burger as the guest likes it, and cash with change',
    steps: [
      table('4'),
      ring('Classic burger', { with: ['Extra cheese', 'No onions'] }),
      scanCola,
      send,
      again,
      cashFrom(2_500),
      serve,
    ],
  },
  {
    order: 2,
    what: 'Starters first, mains when the waiter says so; a card with a tip',
    steps: [
      table('6'),
      ring('Soup of the day', { seat: 1, course: 'Starters' }),
      ring('Shrimp cocktail', { seat: 2, course: 'Starters' }),
      ring('Bacon burger', { seat: 1, course: 'Mains' }),
      ring('Ribeye steak 12 oz', {
        seat: 2,
        course: 'Mains',
        with: ['Medium rare', 'French fries'],
      }),
      hold('Mains'),
      send,
      fireFromPlan('Mains'),
      again,
      card({ tip: 15 }),
      serve,
    ],
  },
  {
    order: 3,
    what: 'Called in: told when, fetched and paid',
    steps: [
      takeout({ name: 'Ada', phone: '555 0101', isPromised: true }),
      ring('Onion rings', { count: 3 }),
      repeatLast,
      send,
      again,
      cash,
      serve,
    ],
  },
  {
    order: 4,
    what: 'One dish too late, one sent back',
    steps: [
      table('3'),
      ring('Fish and chips'),
      ring('Moules frites'),
      ring('Draft lager, pint', { count: 2 }),
      send,
      again,
      voidSent('Moules frites', 'Sent back'),
      comp('Fish and chips', 'Long wait'),
      cash,
      serve,
    ],
  },
  {
    order: 5,
    what: 'A regular gets a tenth off the menu',
    steps: [
      counter,
      burgerMenu,
      ring('Espresso'),
      discount(10, 'Regular guest'),
      send,
      again,
      cash,
      serve,
    ],
  },
]

/** Nina at the second one. */
export const NINA_AT_NOON: readonly Story[] = [
  {
    order: 6,
    what: 'Two who pay for themselves',
    steps: [
      table('8'),
      ring('Caprese', { seat: 1 }),
      ring('Margherita', { seat: 2, with: ['12 inch', 'Mushrooms'] }),
      ring('House red, glass', { seat: 2 }),
      send,
      again,
      cashBySeats,
      serve,
    ],
  },
  {
    order: 7,
    what: 'Three who share, the first with a card that tips',
    steps: [
      table('9'),
      ring('Ribeye steak 12 oz', { with: ['Rare', 'Truffle fries'] }),
      ring('Caprese', { count: 2 }),
      send,
      again,
      inEqualParts(3),
      serve,
    ],
  },
  {
    order: 8,
    what: 'Driven out, with a card that is declined at first',
    steps: [
      delivery({ name: 'Ben', phone: '555 0202', address: '5 Pier Road' }),
      ring('Funghi', { with: ['12 inch'] }),
      ring('Cola (bottle)', { count: 2 }),
      send,
      again,
      card({ tip: 10, isDeclinedOnce: true }),
      serve,
    ],
  },
]

/** What is left to do when the kitchen has nothing more to make. */
export const DRIVER_IS_BACK: readonly Story[] = [
  { order: 8, what: 'Ben has his pizza', steps: [again, handOver] },
]
