import type { order as english } from '../en/order.ts'
import type { In } from '../kinds.ts'

export const order: In<'de', typeof english> = {
  seenBy: 'Gesehen von {names}',
  done: 'Erledigt',
  notSeen: 'Noch nicht gesehen',
  notSeenFor: 'Noch nicht gesehen · {age}',
  printedFallback: 'Ersatzweise gedruckt auf {name}',
  printedOn: 'Gedruckt auf {name}',
}
