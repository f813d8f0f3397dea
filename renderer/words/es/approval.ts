import type { approval as english } from '../en/approval.ts'
import type { In } from '../kinds.ts'

export const approval: In<'es', typeof english> = {
  title: 'Lo tiene que aprobar un encargado',
  which: '¿Qué encargado?',
  createOrder: 'Un artículo libre por encima del límite',
  addLines: 'Un artículo libre por encima del límite',
  changeLine: 'Un artículo libre por encima del límite',
  compLine: 'Un artículo gratis',
  setServiceCharge: 'Otro cargo por servicio',
  changeDetails: 'Prometer más de lo que cabe en cocina',
  voidLine: 'Anular un artículo que ya está en cocina',
  cancelOrder: 'Anular un pedido que ya está en cocina',
  setDiscount: 'Descuento por encima del límite',
  refundPayment: 'Devolución',
  openDrawer: 'Abrir el cajón sin venta',
}
