import type { reason as english } from '../en/reason.ts'
import type { In } from '../kinds.ts'

export const reason: In<'es', typeof english> = {
  changedMind: 'El cliente cambió de idea',
  mistake: 'Marcado por error',
  soldOut: 'Agotado',
  sentBack: 'Devuelto',
  tooLong: 'Tardó demasiado',
  guestLeft: 'El cliente se fue',
  duplicate: 'Pedido duplicado',
  cannotMake: 'Cocina no puede hacerlo',
  testOrder: 'Pedido de prueba',
  regular: 'Cliente habitual',
  longWait: 'Espera larga',
  complaint: 'Queja',
  staffMeal: 'Comida de personal',
  onTheHouse: 'Invita la casa',
  paidTwice: 'Pagado dos veces',
  guestComplaint: 'Queja del cliente',
  wrongAmount: 'Importe incorrecto',
  orderCancelled: 'Pedido anulado',
  change: 'Cambio para un cliente',
  wrongChange: 'Cambio mal dado',
  counting: 'Recuento',
  test: 'Prueba',
  slip: 'Hay comprobante',
  noSlip: 'No hay comprobante',
}
