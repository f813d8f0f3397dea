import type { settle as english } from '../en/settle.ts'
import type { In } from '../kinds.ts'

export const settle: In<'es', typeof english> = {
  overpaid: 'Pagado {amount} de más',
  handedOver: 'Anulado y aun así entregado',
  cooked: 'Anulado y aun así cocinado · {amount}',
  movedTo: 'Anulado mientras se le pasaban artículos · {amount}',
  paidAfter: 'Anulado, y hay {amount} del cliente',
  cardUnclear: 'Se pidieron {amount} a una tarjeta y el datáfono no dice qué pasó',
  anItem: 'un artículo',
  did_asked: 'pidió {amount} a una tarjeta',
  did_cancelled: 'lo anuló',
  did_completed: 'lo entregó',
  did_moved: 'le pasó {name}',
  did_paid: 'cobró {amount}',
  did_preparing: 'empezó {name}',
  did_ready: 'terminó {name}',
  personOn: '{person} en {device}',
  title: 'Por resolver',
  about: 'Hecho en equipos que no se veían, o ya retirados',
  none: 'Nada por resolver.',
  putBackTo: 'Devolver a {number}',
  taken: 'Cobrado: hay comprobante',
  notTaken: 'No cobrado',
  touched: 'Pedidos afectados',
  isRight: 'Es correcto',
}
