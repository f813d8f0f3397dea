import type { customer as english } from '../en/customer.ts'
import type { In } from '../kinds.ts'

export const customer: In<'es', typeof english> = {
  title: 'Cliente',
  save: 'Guardar cliente',
  phone: 'Teléfono',
  find: 'Buscar cliente',
  name: 'Nombre',
  email: 'Correo',
  address: 'Dirección',
  locked: 'Este equipo no puede leer el cliente de este pedido. Lo que guarde ocupará su lugar.',
  erased: 'El cliente de este pedido fue borrado. Lo que guarde será alguien nuevo.',
  nobody: 'Nadie con este teléfono ha pedido aún.',
  withPhone: 'Clientes con este teléfono',
  noName: 'Sin nombre',
  erase: 'Borrar…',
  use: 'Usar',
  lastOrders: 'Últimos pedidos de {name}',
  eraseWho: '¿Borrar a {name}?',
  eraseWhat:
    'Nombre, teléfono, correo y dirección quedan ilegibles para siempre en cada equipo y en la central. Los pedidos quedan.',
  keep: 'Conservar',
  eraseForGood: 'Borrar para siempre',
  isErased: 'Borrado.',
  allObeyed: 'Todos los equipos lo han hecho.',
  notYetAt: 'Aún no borrado en {names}: allí, con el próximo contacto.',
}
