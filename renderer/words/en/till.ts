/** The till: its bar, its alarms, its news. */
export const till = {
  waiting: 'Waiting for this till’s terminal',
  lateCame: {
    one: 'Removed, and {count} change came from it all the same',
    other: 'Removed, and {count} changes came from it all the same',
  },
  lateCounts: 'Written after the removal, or not yet known at it. All of it counts.',
  lateRecords: 'It changed the store’s data: {kinds}.',
  lateUnread: '{n} more are not looked into here.',
  lateLook: 'Look at the orders; what is wrong is voided or refunded as always.',
  numbersMore: '{numbers} and {n} more',
  numbersLast: '{numbers} and {last}',
} as const
