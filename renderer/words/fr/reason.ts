import type { reason as english } from '../en/reason.ts'
import type { In } from '../kinds.ts'

export const reason: In<'fr', typeof english> = {
  changedMind: 'Le client a changé d’avis',
  mistake: 'Saisi par erreur',
  soldOut: 'Épuisé',
  sentBack: 'Renvoyé en cuisine',
  tooLong: 'Trop long',
  guestLeft: 'Le client est parti',
  duplicate: 'Commande en double',
  cannotMake: 'La cuisine ne peut pas',
  testOrder: 'Commande d’essai',
  regular: 'Client fidèle',
  longWait: 'Longue attente',
  complaint: 'Réclamation',
  staffMeal: 'Repas du personnel',
  onTheHouse: 'Offert par la maison',
  paidTwice: 'Payé deux fois',
  guestComplaint: 'Réclamation du client',
  wrongAmount: 'Montant erroné',
  orderCancelled: 'Commande annulée',
  change: 'Monnaie pour un client',
  wrongChange: 'Erreur de monnaie',
  counting: 'Comptage',
  test: 'Essai',
  slip: 'Il y a un ticket',
  noSlip: 'Il n’y a pas de ticket',
}
