/** What the buttons say that settle a disagreement. */
export const conflict = {
  keepMoney: 'Keep the money',
  writeOff: 'Write off',
  keepHandedOver: 'Keep as handed over',
  otherGuest: 'Used for another guest',
  waste: 'Write off as waste',
  cancelAsWell: 'Cancel them as well',
} as const
