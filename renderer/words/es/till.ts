import type { till as english } from '../en/till.ts'
import type { In } from '../kinds.ts'

export const till: In<'es', typeof english> = {
  waiting: 'Esperando a esta caja',
  lateCame: {
    one: 'Retirado, y aun así llegó {count} cambio',
    other: 'Retirado, y aun así llegaron {count} cambios',
  },
  lateCounts: 'Escrito después de retirarlo, o aún desconocido entonces. Todo cuenta.',
  lateRecords: 'Cambió datos del local: {kinds}.',
  lateUnread: '{n} más no se detallan aquí.',
  lateLook: 'Mire los pedidos; lo incorrecto se anula o se devuelve como siempre.',
  numbersMore: '{numbers} y {n} más',
  numbersLast: '{numbers} y {last}',
}
