/**
 * What devices can do apart that no rule settles without a person (rule F4), and the words with
 * which a manager settles it. Total by type: a new kind does not compile without its resolutions.
 */

export const CONFLICT_KINDS = [
  /** More was paid than the order comes to, mostly because two tills took the money apart. */
  'overpaid',
  /** Cancelled here, handed over there: it counts as completed (rule F2). */
  'handed_over_after_cancel',
  /** The kitchen made what had been cancelled elsewhere: waste. */
  'cooked_after_cancel',
  /** Cancelled here while a line was moved to it there: is it to be cancelled as well? */
  'moved_after_cancel',
  /** Cancelled while the store holds the guest's money. */
  'paid_after_cancel',
  /** A card was asked for, and the terminal could not say what became of it. */
  'payment_unclear',
] as const
export type ConflictKind = (typeof CONFLICT_KINDS)[number]

export const RESOLUTIONS = ['kept', 'written_off'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

/**
 * `kept`: it stays as it is, and somebody says so. `written_off`: the store bears it. Money that is
 * given back needs no word: the sum is right again and the conflict is gone. So does a line that is
 * put back into an open order.
 */
export const RESOLUTIONS_OF: Record<ConflictKind, readonly Resolution[]> = {
  overpaid: ['kept'],
  handed_over_after_cancel: ['kept', 'written_off'],
  cooked_after_cancel: ['written_off', 'kept'],
  moved_after_cancel: ['kept', 'written_off'],
  paid_after_cancel: ['kept'],
  /** By `settlePayment`, or by the terminal once it answers. */
  payment_unclear: [],
}

/** Whether giving money back settles it too. */
export const IS_REFUNDABLE: Record<ConflictKind, boolean> = {
  overpaid: true,
  handed_over_after_cancel: false,
  cooked_after_cancel: false,
  moved_after_cancel: false,
  paid_after_cancel: true,
  payment_unclear: false,
}
