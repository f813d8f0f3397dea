import type { conflict as english } from '../en/conflict.ts'
import type { In } from '../kinds.ts'

export const conflict: In<'de', typeof english> = {
  keepMoney: 'Geld behalten',
  writeOff: 'Ausbuchen',
  keepHandedOver: 'Als ausgegeben führen',
  otherGuest: 'Für anderen Gast verwendet',
  waste: 'Als Verlust ausbuchen',
  cancelAsWell: 'Ebenfalls stornieren',
}
