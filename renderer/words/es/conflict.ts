import type { conflict as english } from '../en/conflict.ts'
import type { In } from '../kinds.ts'

export const conflict: In<'es', typeof english> = {
  keepMoney: 'Quedarse el dinero',
  writeOff: 'Dar por perdido',
  keepHandedOver: 'Dejar como entregado',
  otherGuest: 'Servido a otro cliente',
  waste: 'Dar por perdido como merma',
  cancelAsWell: 'Anularlos también',
}
