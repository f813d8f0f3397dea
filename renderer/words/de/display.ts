import type { display as english } from '../en/display.ts'
import type { In } from '../kinds.ts'

export const display: In<'de', typeof english> = {
  welcome: 'Willkommen',
  thanks: 'Vielen Dank',
  number: 'Ihre Nummer ist {number}',
  paid: '{amount} bezahlt',
  yourOrder: 'Ihre Bestellung',
  toPay: 'Zu zahlen',
}
