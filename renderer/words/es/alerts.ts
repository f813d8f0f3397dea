import type { alerts as english } from '../en/alerts.ts'
import type { In } from '../kinds.ts'

export const alerts: In<'es', typeof english> = {
  title: 'Por revisar',
  about: 'Lo que nadie atiende todavía. Desaparece solo cuando está en orden.',
  none: 'Nada por revisar.',
  seen: 'Lo he visto',
  seenBy: 'Visto por {who}, {time}',
  since: 'desde las {time}',
  open: 'Abrir {number}',
  what_order_waiting: 'Nadie ha confirmado el pedido en línea {name}',
  do_order_waiting: 'El cliente espera respuesta. Confírmelo, o cancélelo y diga por qué.',
  what_order_late: 'El pedido {name} ha pasado de la hora prometida',
  do_order_late: 'Que salga el siguiente, y diga al cliente cuándo estará.',
  what_card_waiting: 'Aún no se sabe qué fue de una tarjeta en el pedido {name}',
  do_card_waiting: 'Mire el terminal. No cobre otra vez antes de que responda.',
  what_printer: 'Impresora {name}: {trouble}',
  do_printer: 'Papel, tapa, cable. Lo que espera se imprime en cuanto funcione.',
  what_centre: 'La central no ha recibido nada de aquí',
  do_centre: 'Se sigue vendiendo y no se pierde nada. Revise la conexión a internet.',
  what_oversold: 'Se vendió más {name} de lo que había',
  do_oversold: 'Cuente lo que hay y avise a los clientes que esperan.',
  what_sold_out: '{name} se ha agotado',
  do_sold_out: 'No se puede marcar. Si aún queda, cuéntelo.',
  what_low_stock: 'Queda poco de {name}',
  do_low_stock: 'Pídalo, o cuéntelo si hay más.',
}
