/** In front of the till: a name and its PIN. */
export const signIn = {
  title: 'Sign in',
  who: 'Who are you?',
  chooseName: 'Choose your name first',
  pinOf: 'PIN of {name}',
  pin: 'PIN',
  digits: '{typed} of {all} digits',
  wrongPin: { one: 'Wrong PIN. {count} try left.', other: 'Wrong PIN. {count} tries left.' },
  tooMany: 'Too many wrong PINs. Try again in {wait}.',
  tooManyHere: 'Too many wrong PINs at this till. Try again in {wait}.',
  managerLifts: 'A manager lifts it',
  whichManager: 'Which manager lets {name} try again?',
  whichManagerAll: 'Which manager lets everybody try again?',
} as const
