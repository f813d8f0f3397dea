import type { conflict as english } from '../en/conflict.ts'
import type { In } from '../kinds.ts'

export const conflict: In<'fr', typeof english> = {
  keepMoney: 'Garder l’argent',
  writeOff: 'Passer en perte',
  keepHandedOver: 'Garder comme servie',
  otherGuest: 'Servi à un autre client',
  waste: 'Passer en perte (déchet)',
  cancelAsWell: 'Les annuler aussi',
}
