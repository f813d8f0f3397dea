import type { orders as english } from '../en/orders.ts'
import type { In } from '../kinds.ts'

export const orders: In<'fr', typeof english> = {
  open: 'Commandes ouvertes',
  closed: 'Commandes closes',
  newestFirst: 'Les plus récentes d’abord',
  readyFirst: 'Les prêtes d’abord, puis les plus anciennes',
  dueFirst: 'Les plus urgentes d’abord',
  which: 'Quelles commandes',
  tabOpen: 'Ouvertes',
  tabClosed: 'Closes',
  noneOpen: 'Aucune commande ouverte.',
  find: 'Numéro, table, nom ou téléphone',
  missingBefore:
    'Des commandes d’avant le {day} peuvent manquer : elles sont à la centrale, injoignable pour l’instant.',
  noMatch: 'Aucune commande close ne correspond.',
  nobodyTook: 'Personne ne l’a prise · sera annulée',
  due: 'dû',
  overpaid: 'en trop',
  paid: 'payé',
  moveFrom: 'Déplacer des articles de {number}',
  moveAbout: 'Ce que la cuisine a reste sur son bon, pour la nouvelle place.',
  items: 'Articles',
  chooseAll: 'Tout choisir',
  nothingMovable: 'Rien à déplacer ici.',
  toWhich: 'Vers quelle commande',
  noTarget: 'Aucune autre commande n’est ouverte. Ouvrez-en une pour la nouvelle place.',
  chooseWhat: 'Choisissez quoi déplacer',
  moveChoose: {
    one: 'Déplacer {count} article : choisissez',
    other: 'Déplacer {count} articles : choisissez',
  },
  moveTo: {
    one: 'Déplacer {count} article sur {number}',
    other: 'Déplacer {count} articles sur {number}',
  },
  tables: 'Tables',
}
