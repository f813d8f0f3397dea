import type { join as english } from '../en/join.ts'
import type { In } from '../kinds.ts'

export const join: In<'fr', typeof english> = {
  title: 'Rejoindre un magasin',
  about:
    'Sur une caisse déjà du magasin, un responsable ouvre Appareils et admet un appareil. Elle affiche alors une adresse et un code.',
  address: 'Adresse de cette caisse',
  code: 'Code, huit chiffres',
  name: 'Nom de cet appareil',
  what: 'Ce qu’est cet appareil',
  join: 'Rejoindre',
  joining: 'Connexion…',
  joined: '{store} rejoint. Un instant…',
  noneFound: 'Aucun appareil trouvé sur ce réseau. Saisissez l’adresse que montre la caisse.',
  foundColon: 'Trouvé sur ce réseau :',
  found: 'Trouvé sur ce réseau',
  aDevice: 'Un appareil',
  needAddress: 'Saisissez l’adresse telle qu’affichée, par exemple 192.168.1.20:41234.',
  needCode: 'Saisissez les huit chiffres du code.',
  needName: 'Donnez un nom à cet appareil, par exemple Caisse 3.',
}
