/** What a manager has to settle. */
export const settle = {
  overpaid: 'Paid {amount} too much',
  handedOver: 'Cancelled, and handed over all the same',
  cooked: 'Cancelled, and cooked all the same · {amount}',
  movedTo: 'Cancelled while items were moved to it · {amount}',
  paidAfter: 'Cancelled, and {amount} of the guest’s money is here',
  cardUnclear: 'A card was asked for {amount}, and the terminal does not say what became of it',
  anItem: 'an item',
  did_asked: 'asked a card for {amount}',
  did_cancelled: 'cancelled it',
  did_completed: 'handed it over',
  did_moved: 'moved {name} to it',
  did_paid: 'took {amount}',
  did_preparing: 'started {name}',
  did_ready: 'finished {name}',
  personOn: '{person} on {device}',
} as const
