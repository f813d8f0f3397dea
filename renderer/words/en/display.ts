/** For the guest at the counter. */
export const display = {
  welcome: 'Welcome',
  thanks: 'Thank you',
  number: 'Your number is {number}',
  paid: '{amount} paid',
  yourOrder: 'Your order',
  toPay: 'To pay',
} as const
