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
  removed: 'Esta caja fue retirada del local',
  removedWhy: 'Ningún otro equipo la oye ya. Nada de lo marcado aquí llega a cocina.',
  unseen: 'No visto por cocina',
  noScreenSaw: 'Ninguna pantalla de cocina ha visto {numbers}',
  sentAgo: '{place} · {stations} · enviado hace {age}. Avise a cocina.',
  openNumber: 'Abrir {number}',
  readyCount: '{n} listos',
  unseenCount: '{n} sin ver',
  mode86: 'Agotados',
  signOut: 'Salir',
  signOutName: 'Cerrar sesión de {name}',
  toLight: 'Tema claro',
  toDark: 'Tema oscuro',
}
