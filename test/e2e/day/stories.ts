import { seesStock } from './chores.ts'
import { look, type Chore, type Story } from './scene.ts'
import {
  another,
  cancel,
  comp,
  discount,
  discountAndUndo,
  fromClosed,
  handOver,
  leave,
  mergeInto,
  moveTo,
  nothingToUndo,
  refund,
  reprint,
  serviceCharge,
  voidSent,
} from './steps/afterwards.ts'
import {
  accept,
  again,
  counter,
  delivery,
  forLater,
  pager,
  table,
  tableTyped,
  takeout,
} from './steps/begin.ts'
import {
  byAmount,
  byItems,
  card,
  cash,
  cashAndReceipt,
  cashBySeats,
  cashAndTheRestIsTip,
  cashFrom,
  cashUnheard,
  cashThenCard,
  exactCash,
  inEqualParts,
  paidOnline,
  firstSeatAndBack,
} from './steps/pay.ts'
import {
  burgerMenu,
  choose,
  find,
  houseBurger,
  note,
  openItem,
  removeAndUndo,
  repeatLast,
  ring,
  scanCola,
} from './steps/ring.ts'
import {
  announced,
  cameLate,
  changeIsRead,
  seenByKitchen,
  struckThrough,
  warnedOfAllergy,
} from './steps/kitchen.ts'
import { fireFromPlan, hold, made, send, sendAgain, serve } from './steps/send.ts'
import { NEW_TABLE } from './till.ts'

/** The day, guest by guest. Who is to come as well is added here. */

/** Sam, a cashier, at the first till. */
export const SAM_AT_NOON: readonly (Story | Chore)[] = [
  {
    order: 1,
    what: 'a burger as the guest likes it, a cola by its code, and change',
    steps: [
      table('4'),
      ring('Classic burger', { page: 'Favourites', with: ['Extra cheese', 'No onions'] }),
      scanCola,
      send,
      again,
      cashFrom(2_500),
      serve,
    ],
  },
  {
    order: 2,
    what: 'starters first, mains when the waiter says so, and a card with a tip',
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
      look('courses'),
      send,
      announced('Mains', 'Bacon'),
      fireFromPlan('Mains'),
      again,
      card({ tip: 15 }),
      serve,
    ],
  },
  {
    order: 3,
    what: 'called in and told when, with a receipt',
    steps: [
      takeout({ name: 'Ada', phone: '555 0101', promised: 'quarter' }),
      ring('Onion rings', { count: 3 }),
      repeatLast,
      send,
      again,
      cashAndReceipt,
      serve,
    ],
  },
  {
    order: 4,
    what: 'one dish sent back, and one for nothing after a long wait',
    steps: [
      table('3'),
      ring('Fish and chips'),
      ring('Moules frites'),
      ring('Draft lager, pint', { count: 2 }),
      send,
      seenByKitchen,
      again,
      voidSent('Moules frites', 'Sent back'),
      struckThrough('Moules'),
      comp('Fish and chips', 'Long wait'),
      look('void-and-comp'),
      cash,
      serve,
    ],
  },
  {
    order: 5,
    what: 'a regular gets a tenth off a burger menu',
    steps: [
      counter,
      burgerMenu,
      ring('Espresso'),
      discount(10, 'Regular guest'),
      send,
      nothingToUndo,
      again,
      cash,
      serve,
    ],
  },
  {
    order: 6,
    what: 'no, extra and on the side, and more behind it, twice; a slip of the finger; a warning',
    steps: [
      table('5'),
      houseBurger,
      repeatLast,
      look('house-burger'),
      ring('Warm brownie'),
      removeAndUndo('Warm brownie'),
      note('Birthday at nine, nut allergy'),
      send,
      warnedOfAllergy,
      again,
      cash,
      serve,
    ],
  },
  {
    order: 7,
    what: 'another table, another fish after the first was sent, and a cake of their own',
    steps: [
      table('1'),
      ring('Fish and chips'),
      openItem('Birthday cake', 2_500),
      send,
      again,
      moveTo('2'),
      another('Fish and chips'),
      look('add-on'),
      send,
      again,
      card(),
      serve,
    ],
  },
  {
    order: 8,
    what: 'the last two desserts, and a discount for the wrong guest',
    steps: [counter, ring('Crème brûlée', { count: 2 }), discountAndUndo(20), send],
  },
  {
    chore: 'there is no dessert left',
    act: (till) => seesStock(till, 'Crème brûlée', 'Sold out'),
  },
  { order: 8, what: 'the desserts are paid when they are made', steps: [again, made, cash] },
]

/** Nina, who waits at tables, at the second one. */
export const NINA_AT_NOON: readonly (Story | Chore)[] = [
  {
    order: 9,
    what: 'two who pay for themselves',
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
    order: 10,
    what: 'three who share, the first with a card that tips',
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
    order: 11,
    what: 'driven out, with a card that is declined at first',
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
  {
    order: 12,
    what: 'a couple',
    steps: [table('10'), ring('Grilled salmon', { with: ['French fries'] }), send],
  },
  {
    order: 13,
    what: 'their friends at the next table',
    steps: [
      table('12'),
      ring('House salad', { with: ['House vinaigrette', 'Grilled chicken'] }),
      ring('House red, glass', { count: 2 }),
      send,
    ],
  },
  { order: 12, what: 'they want one bill', steps: [again, mergeInto(13)] },
  { order: 13, what: 'one card pays for all four', steps: [card({ tip: 20 }), serve] },
  {
    order: 14,
    what: 'at the new table one pays for the wings, another for the rest',
    steps: [
      table(NEW_TABLE),
      ring('Chicken wings (8)', { with: ['BBQ sauce', 'Garlic aioli'] }),
      ring('Veggie burger'),
      ring('Pot of tea'),
      send,
      again,
      byItems('Chicken wings (8)', 'Pot of tea'),
      serve,
    ],
  },
  {
    order: 15,
    what: 'one pays twenty, another the rest',
    steps: [
      table('7'),
      ring('Double burger', { with: ['Fried egg'] }),
      ring('Pilsner (bottle)', { count: 2 }),
      send,
      again,
      byAmount(2_000),
      serve,
    ],
  },
  {
    order: 16,
    what: 'split on the terrace, and then one pays all the rest',
    steps: [
      tableTyped('14'),
      ring('Cheeseburger', { seat: 1 }),
      ring('Kids burger', { seat: 2 }),
      find('wat', 'Still water (bottle)'),
      send,
      again,
      firstSeatAndBack,
      cash,
      serve,
    ],
  },
]

/** Maria, the manager, sells over the counter of the first till while Sam eats. */
export const MARIA_AT_THE_COUNTER: readonly Story[] = [
  {
    order: 17,
    what: 'a coffee and a cola to go',
    steps: [pager('41'), ring('Espresso'), scanCola, exactCash, look('counter'), serve],
  },
  {
    order: 18,
    what: 'a latte with oat milk',
    steps: [pager('42'), ring('Caffè latte', { with: ['Oat milk'] }), exactCash, serve],
  },
  {
    order: 19,
    what: 'bottles, of which nothing is to be made',
    steps: [
      pager('43'),
      ring('Still water (bottle)', { count: 6 }),
      ring('Pilsner (bottle)'),
      exactCash,
      serve,
    ],
  },
  {
    order: 20,
    what: 'an ice cream, twice',
    steps: [pager('44'), ring('Ice cream, two scoops'), repeatLast, exactCash, serve],
  },
]

/** Sam is back, at the second till now. */
export const SAM_IN_THE_AFTERNOON: readonly Story[] = [
  {
    order: 21,
    what: 'a large party with a service charge, cash and a card',
    steps: [
      table('11'),
      ring('French onion soup', { count: 7 }),
      ring('Garlic bread', { count: 3 }),
      ring('House red, glass', { count: 7 }),
      serviceCharge(10, 'Party of seven'),
      look('party'),
      send,
      again,
      cashThenCard(10_000, { tip: 10 }),
      serve,
    ],
  },
  {
    order: 22,
    what: 'a burger that can wait',
    steps: [table('3'), ring('Cheeseburger'), ring('Garlic bread'), send],
  },
  {
    order: 23,
    what: 'a burger that cannot',
    steps: [table('8'), ring('Bacon burger', { with: ['No pickles', 'Extra bacon'] }), send],
  },
]

export const BOTH_BURGERS_ARE_PAID: readonly Story[] = [
  { order: 23, what: 'first served, first paid', steps: [again, cash, serve] },
  { order: 22, what: 'and the other one', steps: [again, card({ tip: 15 }), serve] },
]

export const BEFORE_THE_CUT: readonly Story[] = [
  {
    order: 24,
    what: 'a table that both tills know',
    steps: [table('5'), ring('Moules frites', { count: 2 }), ring('House red, glass'), send],
  },
  {
    order: 25,
    what: 'another one, of which the kitchen has nothing yet',
    steps: [table('7'), ring('Onion rings'), ring('Classic burger'), leave],
  },
]

/** The second till hears nobody, and nobody hears it. */
export const FIRST_TILL_CUT_OFF: readonly Story[] = [
  { order: 24, what: 'she pays at the first till', steps: [again, cashUnheard, serve] },
  {
    order: 25,
    what: 'it is sent as the first till knows it',
    steps: [again, send, again, card()],
  },
  {
    order: 26,
    what: 'a guest at the counter',
    steps: [
      counter,
      ring('Pot of tea', { count: 2 }),
      send,
      again,
      cashAndTheRestIsTip(1_000),
      serve,
    ],
  },
]

export const SECOND_TILL_CUT_OFF: readonly Story[] = [
  {
    order: 25,
    what: 'without onions, says the guest to the second till',
    steps: [again, choose('Classic burger', 'No onions'), leave],
  },
  { order: 24, what: 'he pays at the second till', steps: [again, cashUnheard] },
  {
    order: 27,
    what: 'a caller, to whom the till promises what it can',
    steps: [
      takeout({
        name: 'Cleo',
        phone: '555 0303',
        promised: 'soonest',
        isFullBy: 3,
        isAlone: true,
      }),
      ring('Caprese'),
      look('cut-off'),
      ring('Margherita', { with: ['12 inch'] }),
      send,
      again,
      cash,
    ],
  },
  {
    order: 28,
    what: 'a table of which the kitchen hears only later',
    steps: [table('10'), ring('Mac and cheese', { count: 2 }), send, again, card({ tip: 20 })],
  },
]

export const HEARD_AT_LAST: readonly Story[] = [
  { order: 27, what: 'Cleo’s pizza is made', steps: [cameLate, serve] },
  { order: 28, what: 'and the macaroni', steps: [serve] },
  {
    order: 25,
    what: 'the cook reads that there are no onions',
    steps: [changeIsRead('Classic', 'NO onion'), serve],
  },
]

export const SAM_IN_THE_EVENING: readonly Story[] = [
  {
    order: 29,
    what: 'for later, and then at once',
    steps: [
      forLater('Dora'),
      ring('Caprese', { count: 4 }),
      send,
      again,
      sendAgain,
      again,
      cash,
      serve,
    ],
  },
  {
    order: 30,
    what: 'the guests leave before the steak comes',
    steps: [
      table('4'),
      ring('Ribeye steak 12 oz', { with: ['Rare', 'French fries'] }),
      send,
      again,
      cancel('Guest left'),
    ],
  },
]

/** Ordered on the internet: the story's own words, and those of the shop. */
export const FROM_THE_SHOP: Story = {
  order: 31,
  what: 'from the shop on the internet, where it was paid',
  steps: [accept, again, paidOnline('WEB-77'), serve],
}

export const NINA_IN_THE_EVENING: readonly Story[] = [
  {
    order: 32,
    what: 'Ben again, who is known by his phone',
    steps: [
      delivery({ name: 'Ben', phone: '555-0202', isKnown: true }),
      ring('Funghi', { with: ['12 inch'] }),
      send,
      again,
      cash,
      serve,
    ],
  },
]

/** What is left to do when the kitchen has nothing more to make. */
export const DRIVER_IS_BACK: readonly Story[] = [
  { order: 11, what: 'Ben has his pizza', steps: [again, handOver] },
  { order: 32, what: 'and his second one', steps: [again, handOver] },
]

export const ADA_IS_BACK: readonly Story[] = [
  {
    order: 3,
    what: 'Ada brings the rings back, and wants her receipt once more',
    steps: [fromClosed, reprint, refund('Guest complaint'), look('refunded'), leave],
  },
]
