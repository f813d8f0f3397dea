import type { orders as english } from '../en/orders.ts'
import type { In } from '../kinds.ts'

export const orders: In<'es', typeof english> = {
  open: 'Pedidos abiertos',
  closed: 'Pedidos cerrados',
  newestFirst: 'Los más nuevos primero',
  readyFirst: 'Primero los listos, luego los más antiguos',
  dueFirst: 'Primero los que vencen antes',
  which: 'Qué pedidos',
  tabOpen: 'Abiertos',
  tabClosed: 'Cerrados',
  noneOpen: 'No hay pedidos abiertos.',
  find: 'Número, mesa, nombre o teléfono',
  missingBefore:
    'Pueden faltar pedidos anteriores al {day}: están en la central, que ahora no responde.',
  noMatch: 'Ningún pedido cerrado coincide.',
  nobodyTook: 'Nadie lo atendió · se anulará',
  due: 'a pagar',
  overpaid: 'de más',
  paid: 'pagado',
  moveFrom: 'Pasar artículos de {number}',
  moveAbout: 'Lo que ya tiene cocina sigue en su comanda, para el nuevo lugar.',
  items: 'Artículos',
  chooseAll: 'Elegir todo',
  nothingMovable: 'Aquí no se puede pasar nada.',
  toWhich: 'A qué pedido',
  noTarget: 'No hay otro pedido abierto. Empiece primero uno para el nuevo lugar.',
  chooseWhat: 'Elija qué pasar',
  moveChoose: {
    one: 'Pasar {count} artículo: elija pedido',
    other: 'Pasar {count} artículos: elija pedido',
  },
  moveTo: { one: 'Pasar {count} artículo a {number}', other: 'Pasar {count} artículos a {number}' },
  tables: 'Mesas',
}
