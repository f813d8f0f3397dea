import type { order as english } from '../en/order.ts'
import type { In } from '../kinds.ts'

export const order: In<'fr', typeof english> = {
  seenBy: 'Vu par {names}',
  done: 'Fait',
  notSeen: 'Pas encore vu',
  notSeenFor: 'Pas encore vu · {age}',
  printedFallback: 'Imprimé en secours sur {name}',
  printedOn: 'Imprimé sur {name}',
}
