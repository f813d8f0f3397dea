import type { trade as english } from '../en/trade.ts'
import type { In } from '../kinds.ts'

export const trade: In<'es', typeof english> = {
  dine_in: 'En sala',
  takeout: 'Para llevar',
  delivery: 'A domicilio',
  online: 'En línea',
  pending: 'Sin enviar',
  confirmed: 'Enviado',
  preparing: 'En preparación',
  ready: 'Listo',
  cancelled: 'Anulado',
  completed: 'Terminado',
  line_new: 'Nuevo',
  line_queued: 'En cola',
  line_preparing: 'En preparación',
  line_ready: 'Listo',
  table: 'Mesa {table}',
  role_cashier: 'Caja',
  role_kitchen: 'Cocina',
  role_manager: 'Encargado',
  role_admin: 'Administrador',
  role_service: 'Servicio',
}
