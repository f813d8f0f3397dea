import type { devices as english } from '../en/devices.ts'
import type { In } from '../kinds.ts'

export const devices: In<'de', typeof english> = {
  terminal: 'Kasse',
  kitchen: 'Küchenbildschirm',
  central: 'Zentrale',
  unknown: 'Unbekannt',
  removed: 'Entfernt',
  connected: 'Verbunden',
  ahead: 'Ihre Uhr geht {age} vor',
  behind: 'Ihre Uhr geht {age} nach',
  joined: '{name} gehört jetzt zum Betrieb. Bestellungen dort beginnen mit {code}-001.',
}
