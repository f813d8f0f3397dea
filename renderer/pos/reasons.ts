/** What happens often enough to deserve a button. Anything else can be typed. */
export const VOID_REASONS = [
  'Guest changed their mind',
  'Rung up by mistake',
  'Sold out',
  'Sent back',
  'Took too long',
]

export const CANCEL_REASONS = [
  'Guest left',
  'Guest changed their mind',
  'Rung up by mistake',
  'Duplicate order',
  'Kitchen cannot make it',
  'Test order',
]

export const DRAWER_REASONS = ['Change for a guest', 'Wrong change given', 'Counting', 'Test']

export const REFUND_REASONS = ['Paid twice', 'Guest complaint', 'Wrong amount', 'Order cancelled']
