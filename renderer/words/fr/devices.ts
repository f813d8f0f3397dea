import type { devices as english } from '../en/devices.ts'
import type { In } from '../kinds.ts'

export const devices: In<'fr', typeof english> = {
  terminal: 'Caisse',
  kitchen: 'Écran de cuisine',
  central: 'Centrale',
  unknown: 'Inconnu',
  removed: 'Retiré',
  connected: 'Relié',
  ahead: 'Son horloge avance de {age}',
  behind: 'Son horloge retarde de {age}',
  joined: '{name} a rejoint le magasin. Ses commandes commencent par {code}-001.',
  title: 'Appareils',
  letIn: 'Admettre un appareil',
  aboutCode: 'Saisissez les deux sur le nouvel appareil. Ceci se ferme dès qu’il a rejoint.',
  about: 'Les caisses et écrans de cuisine de ce magasin',
  backToDevices: 'Retour aux appareils',
  revoke: 'Retirer',
  revokeName: 'Retirer {name}',
  revokeAsk: 'Retirer {name} ?',
  revokeStays:
    'Il est coupé aussitôt de tous les appareils et ne revient qu’avec un nouveau code. Ce qu’il a transmis reste.',
  revokeLoses:
    'Il est coupé aussitôt de tous les appareils et ne revient qu’avec un nouveau code. Ce qu’il a transmis reste ; ce qu’il a pris depuis est perdu.',
  keepIt: 'Le garder',
  revokeForGood: 'Retirer {name} définitivement',
  code: 'Code',
  codeExpired: 'Ce code a expiré.',
  codeValid: 'Valable {time}, pour un appareil et trois essais',
  newCode: 'Afficher un nouveau code',
  addresses: { one: 'Adresse de cet appareil', other: 'Adresses de cet appareil' },
  whichAddress: 'Prenez celle du réseau du nouvel appareil.',
}
