import type { discount as english } from '../en/discount.ts'
import type { In } from '../kinds.ts'

export const discount: In<'es', typeof english> = {
  title: 'Descuento en {number}',
  about: 'Sobre {amount} de artículos',
  back: 'Quitar el descuento',
  discount: 'Descuento',
  compAll: 'Invitar, todo',
  chooseFirst: 'Elija primero cuánto.',
  comp: 'Invitar',
  takeOff: 'Rebajar {percent}',
  withManager: '{action}, con un encargado',
  other: 'Otro porcentaje',
  amount: 'Importe',
  amountOff: 'Rebajar {amount}',
}
