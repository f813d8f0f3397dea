import type { order as english } from '../en/order.ts'
import type { In } from '../kinds.ts'

export const order: In<'es', typeof english> = {
  seenBy: 'Visto por {names}',
  done: 'Hecho',
  notSeen: 'Aún sin ver',
  notSeenFor: 'Aún sin ver · {age}',
  printedFallback: 'Impreso de reserva en {name}',
  printedOn: 'Impreso en {name}',
}
