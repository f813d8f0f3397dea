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
}
