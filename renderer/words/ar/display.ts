import type { display as english } from '../en/display.ts'
import type { In } from '../kinds.ts'

export const display: In<'ar', typeof english> = {
  welcome: 'أهلًا وسهلًا',
  thanks: 'شكرًا لك',
  number: 'رقمك {number}',
  paid: 'دُفع {amount}',
  yourOrder: 'طلبك',
  toPay: 'المطلوب',
}
