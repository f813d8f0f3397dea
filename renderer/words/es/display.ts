import type { display as english } from '../en/display.ts'
import type { In } from '../kinds.ts'

export const display: In<'es', typeof english> = {
  welcome: 'Bienvenidos',
  thanks: 'Gracias',
  number: 'Su número es {number}',
  paid: '{amount} pagados',
  yourOrder: 'Su pedido',
  toPay: 'A pagar',
}
