import type { customer as english } from '../en/customer.ts'
import type { In } from '../kinds.ts'

export const customer: In<'fr', typeof english> = {
  title: 'Client',
  save: 'Enregistrer le client',
  phone: 'Téléphone',
  find: 'Chercher le client',
  name: 'Nom',
  email: 'E-mail',
  address: 'Adresse',
  locked:
    'Cet appareil ne peut lire le client de cette commande. Ce que vous enregistrez prend sa place.',
  erased:
    'Le client de cette commande a été effacé. Ce que vous enregistrez est quelqu’un de nouveau.',
  nobody: 'Personne n’a encore commandé avec ce numéro.',
  withPhone: 'Clients avec ce numéro',
  noName: 'Sans nom',
  erase: 'Effacer…',
  use: 'Prendre',
  lastOrders: 'Dernières commandes de {name}',
  eraseWho: 'Effacer {name} ?',
  eraseWhat:
    'Nom, téléphone, e-mail et adresse deviennent illisibles partout, pour toujours. Les commandes restent.',
  keep: 'Garder',
  eraseForGood: 'Effacer définitivement',
  isErased: 'Effacé.',
  allObeyed: 'Chaque appareil l’a fait.',
  notYetAt: 'Pas encore effacé sur {names} : ce le sera au prochain contact.',
}
