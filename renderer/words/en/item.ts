/** An item, its modifiers and combos. */
export const item = {
  choose: 'Choose {n}',
  upTo: 'Up to {n}',
  chooseRange: 'Choose {min} to {max}',
  chooseMore: '{group}: choose {n} more',
  pickOne: 'Pick at least one',
} as const
