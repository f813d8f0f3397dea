import type { till as english } from '../en/till.ts'
import type { In } from '../kinds.ts'

export const till: In<'de', typeof english> = {
  waiting: 'Warten auf diese Kasse',
  lateCame: {
    one: 'Entfernt, und doch kam noch {count} Änderung',
    other: 'Entfernt, und doch kamen noch {count} Änderungen',
  },
  lateCounts: 'Nach dem Entfernen geschrieben oder da noch nicht bekannt. Alles zählt.',
  lateRecords: 'Es hat Daten des Betriebs geändert: {kinds}.',
  lateUnread: '{n} weitere sind hier nicht aufgeführt.',
  lateLook: 'Die Bestellungen ansehen; Falsches wird wie immer storniert oder erstattet.',
  numbersMore: '{numbers} und {n} weitere',
  numbersLast: '{numbers} und {last}',
  removed: 'Diese Kasse wurde aus dem Betrieb entfernt',
  removedWhy: 'Kein anderes Gerät hört sie mehr. Nichts von hier kommt in die Küche.',
  unseen: 'Von der Küche nicht gesehen',
  noScreenSaw: 'Kein Küchenbildschirm hat {numbers} gesehen',
  sentAgo: '{place} · {stations} · vor {age} gesendet. Der Küche Bescheid geben.',
  openNumber: '{number} öffnen',
  readyCount: '{n} fertig',
  unseenCount: '{n} nicht gesehen',
  mode86: 'Ausverkauft',
  signOut: 'Abmelden',
  signOutName: '{name} abmelden',
  toLight: 'Helles Design',
  toDark: 'Dunkles Design',
}
