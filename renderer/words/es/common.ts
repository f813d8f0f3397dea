import type { common as english } from '../en/common.ts'
import type { In } from '../kinds.ts'

export const common: In<'es', typeof english> = {
  language: 'Idioma',
  close: 'Cerrar',
  back: 'Atrás',
  deleteLastDigit: 'Borrar el último dígito',
  thisDevice: 'Este dispositivo',
  seconds: '{n} s',
  minutes: '{n} min',
  hours: '{h} h {min} min',
  days: { one: '{count} día', other: '{count} días' },
  nothing: '',
  amount: 'Importe',
  reason: 'Motivo',
  reasonWords: 'Motivo con palabras',
  note: 'Nota',
  search: 'Buscar',
  remove: 'Quitar',
  quantity: 'Cantidad',
  oneLess: 'Uno menos',
  oneMore: 'Uno más',
  orders: { one: '{count} pedido', other: '{count} pedidos' },
}
