import type { order as english } from '../en/order.ts'
import type { In } from '../kinds.ts'

export const order: In<'ar', typeof english> = {
  seenBy: 'رآه {names}',
  done: 'تم',
  notSeen: 'لم يُرَ بعد',
  notSeenFor: 'لم يُرَ بعد · {age}',
  printedFallback: 'طُبع بديلًا على {name}',
  printedOn: 'طُبع على {name}',
}
