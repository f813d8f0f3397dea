import type { item as english } from '../en/item.ts'
import type { In } from '../kinds.ts'

export const item: In<'fr', typeof english> = {
  choose: 'Choisir {n}',
  upTo: 'Jusqu’à {n}',
  chooseRange: 'Choisir {min} à {max}',
  chooseMore: '{group} : encore {n} à choisir',
  pickOne: 'Choisissez au moins un article',
  addFor: 'Ajouter {amount}',
  saveFor: 'Enregistrer {amount}',
  instructions: 'Consignes',
  noAllergens: 'Sans allergènes',
  contains: 'Contient {list}',
  wasSent: 'Il est en cuisine. Pour changer, annulez-le et ajoutez-en un nouveau.',
  void: 'Annuler l’article',
  required: 'requis',
  menuEmpty: 'La carte est vide.',
  categories: 'Catégories',
  menu: 'Carte : {category}',
  hint86: 'Mode rupture : touchez un article pour le retirer de la carte ou le remettre.',
  off86: 'Rupture',
  soldOut: 'Épuisé',
  notNow: 'Pas maintenant',
  oversoldBy: '{n} en trop',
  left: 'Reste {n}',
}
