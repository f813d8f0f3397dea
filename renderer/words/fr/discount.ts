import type { discount as english } from '../en/discount.ts'
import type { In } from '../kinds.ts'

export const discount: In<'fr', typeof english> = {
  title: 'Remise sur {number}',
  about: 'Sur {amount} d’articles',
  back: 'Retirer la remise',
  discount: 'Remise',
  compAll: 'Offrir le tout',
  chooseFirst: 'Choisissez d’abord combien.',
  comp: 'Offrir',
  takeOff: 'Déduire {percent}',
  withManager: '{action}, avec un responsable',
  other: 'Autre pourcentage',
  amount: 'Montant',
  amountOff: 'Déduire {amount}',
}
