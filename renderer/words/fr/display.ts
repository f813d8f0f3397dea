import type { display as english } from '../en/display.ts'
import type { In } from '../kinds.ts'

export const display: In<'fr', typeof english> = {
  welcome: 'Bienvenue',
  thanks: 'Merci',
  number: 'Votre numéro est le {number}',
  paid: '{amount} payés',
  yourOrder: 'Votre commande',
  toPay: 'À payer',
}
