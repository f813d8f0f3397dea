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
  title: 'Geräte',
  letIn: 'Gerät aufnehmen',
  aboutCode: 'Beides am neuen Gerät eingeben. Dies schließt sich, sobald es dazugehört.',
  about: 'Die Kassen und Küchenbildschirme dieses Betriebs',
  backToDevices: 'Zurück zu den Geräten',
  revoke: 'Entfernen',
  revokeName: '{name} entfernen',
  revokeAsk: '{name} entfernen?',
  revokeStays:
    'Das Gerät wird sofort von allen getrennt und kommt ohne neuen Code nicht zurück. Was es weitergegeben hat, bleibt.',
  revokeLoses:
    'Das Gerät wird sofort von allen getrennt und kommt ohne neuen Code nicht zurück. Was es weitergegeben hat, bleibt; was es seit dem letzten Kontakt aufnahm, ist verloren.',
  keepIt: 'Behalten',
  revokeForGood: '{name} endgültig entfernen',
  code: 'Code',
  codeExpired: 'Dieser Code ist abgelaufen.',
  codeValid: 'Gültig {time}, für ein Gerät und drei Versuche',
  newCode: 'Neuen Code zeigen',
  addresses: { one: 'Adresse dieses Geräts', other: 'Adressen dieses Geräts' },
  whichAddress: 'Die aus dem Netz nehmen, in dem das neue Gerät ist.',
}
