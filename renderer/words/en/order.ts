/** The order and what is done with it. */
export const order = {
  seenBy: 'Seen by {names}',
  done: 'Done',
  notSeen: 'Not seen yet',
  notSeenFor: 'Not seen yet · {age}',
  printedFallback: 'Printed as fallback on {name}',
  printedOn: 'Printed on {name}',
} as const
