import type { approval as english } from '../en/approval.ts'
import type { In } from '../kinds.ts'

export const approval: In<'fr', typeof english> = {
  title: 'Un responsable doit l’approuver',
  which: 'Quel responsable ?',
  createOrder: 'Un article libre au-dessus de la limite',
  addLines: 'Un article libre au-dessus de la limite',
  changeLine: 'Un article libre au-dessus de la limite',
  compLine: 'Un article offert',
  setServiceCharge: 'Un autre service',
  changeDetails: 'Promettre plus que la cuisine ne peut',
  voidLine: 'Annuler un article déjà en cuisine',
  cancelOrder: 'Annuler une commande déjà en cuisine',
  setDiscount: 'Remise au-dessus de la limite',
  refundPayment: 'Remboursement',
  openDrawer: 'Ouvrir le tiroir sans vente',
}
