import type { trade as english } from '../en/trade.ts'
import type { In } from '../kinds.ts'

export const trade: In<'fr', typeof english> = {
  dine_in: 'Sur place',
  takeout: 'À emporter',
  delivery: 'Livraison',
  online: 'En ligne',
  pending: 'Pas envoyée',
  confirmed: 'Envoyée',
  preparing: 'En préparation',
  ready: 'Prête',
  cancelled: 'Annulée',
  completed: 'Terminée',
  line_new: 'Nouveau',
  line_queued: 'En attente',
  line_preparing: 'En préparation',
  line_ready: 'Prêt',
  table: 'Table {table}',
  role_cashier: 'Caisse',
  role_kitchen: 'Cuisine',
  role_manager: 'Responsable',
  role_admin: 'Admin',
  role_service: 'Service',
}
