import type { till as english } from '../en/till.ts'
import type { In } from '../kinds.ts'

export const till: In<'fr', typeof english> = {
  waiting: 'En attente de cette caisse',
  lateCame: {
    one: 'Retiré, et {count} modification en est venue quand même',
    other: 'Retiré, et {count} modifications en sont venues quand même',
  },
  lateCounts: 'Écrit après le retrait, ou pas encore connu alors. Tout compte.',
  lateRecords: 'Il a changé des données du magasin : {kinds}.',
  lateUnread: '{n} autres ne sont pas détaillées ici.',
  lateLook: 'Regardez les commandes ; ce qui est faux s’annule ou se rembourse comme toujours.',
  numbersMore: '{numbers} et {n} autres',
  numbersLast: '{numbers} et {last}',
  removed: 'Cette caisse a été retirée du magasin',
  removedWhy: 'Aucun autre appareil ne l’entend plus. Rien d’ici n’arrive en cuisine.',
  unseen: 'Pas vu par la cuisine',
  noScreenSaw: 'Aucun écran de cuisine n’a vu {numbers}',
  sentAgo: '{place} · {stations} · envoyé il y a {age}. Prévenez la cuisine.',
  openNumber: 'Ouvrir {number}',
  readyCount: '{n} prêtes',
  unseenCount: '{n} pas vues',
  mode86: 'Ruptures',
  signOut: 'Déconnexion',
  signOutName: 'Déconnecter {name}',
  toLight: 'Thème clair',
  toDark: 'Thème sombre',
}
