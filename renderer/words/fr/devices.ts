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
}
