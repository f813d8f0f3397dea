/** Less for a whole order. */
export const discount = {
  title: 'Discount on {number}',
  about: 'On {amount} of items',
  back: 'Take the discount back',
  discount: 'Discount',
  compAll: 'Comp, all of it',
  chooseFirst: 'Choose how much first.',
  comp: 'Comp',
  takeOff: 'Take {percent} off',
  withManager: '{action}, with a manager',
  other: 'Another percentage',
  amount: 'Amount',
  amountOff: 'Take {amount} off',
} as const
