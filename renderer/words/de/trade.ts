import type { trade as english } from '../en/trade.ts'
import type { In } from '../kinds.ts'

export const trade: In<'de', typeof english> = {
  dine_in: 'Im Haus',
  takeout: 'Außer Haus',
  delivery: 'Lieferung',
  online: 'Online',
  pending: 'Nicht gesendet',
  confirmed: 'Gesendet',
  preparing: 'In Arbeit',
  ready: 'Fertig',
  cancelled: 'Storniert',
  completed: 'Abgeschlossen',
  line_new: 'Neu',
  line_queued: 'Wartet',
  line_preparing: 'In Arbeit',
  line_ready: 'Fertig',
  table: 'Tisch {table}',
  role_cashier: 'Kasse',
  role_kitchen: 'Küche',
  role_manager: 'Leitung',
  role_admin: 'Admin',
  role_service: 'Dienst',
}
