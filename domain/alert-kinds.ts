/** What an alert can be about: what concerns guests first. See alerts.ts. */
export const ALERT_KINDS = [
  'order_waiting',
  'order_late',
  'card_waiting',
  'printer',
  'centre',
  'oversold',
  'sold_out',
  'low_stock',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]
