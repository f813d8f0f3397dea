import type { status as english } from '../en/status.ts'
import type { In } from '../kinds.ts'

export const status: In<'de', typeof english> = {
  connections: 'Verbindungen',
  noOthers: 'Keine weiteren Geräte',
  notHeardSinceStart: 'seit dem Start nicht gehört',
  now: 'jetzt',
  heardAgo: 'vor {age} gehört',
  noCentre: 'Keine Zentrale',
  noContact: 'noch kein Kontakt',
  lastContact: 'Kontakt vor {age}',
  upstreamUnknown: 'Zentrale unbekannt',
  notUpstream: '{n} noch nicht in der Zentrale',
  notUpstreamSince: '{n} noch nicht in der Zentrale, seit {age}',
  allUpstream: 'Alles in der Zentrale',
  unreadable: {
    one: '{count} Eintrag braucht ein Update dieses Programms',
    other: '{count} Einträge brauchen ein Update dieses Programms',
  },
  quarantined: {
    one: '{count} Eintrag zurückgehalten: Support rufen',
    other: '{count} Einträge zurückgehalten: Support rufen',
  },
  alone: 'Seit {age} allein: neue Bestellungen nur hier gespeichert',
  tillNotHeardYet: '{name} noch nicht gehört — ihre Bestellungen können fehlen',
  tillNotHeardFor: '{name} seit {age} nicht gehört — ihre Bestellungen können fehlen',
  silent: 'Keine Verbindung zu {terminal} — Stand von {time}',
  thisTill: 'dieser Kasse',
  noAnswer: 'Das Gerät hat nicht geantwortet. Bitte wiederholen.',
  tooManyCalls: 'Das Gerät kommt nicht nach. Kurz warten und wiederholen.',
  handedOver:
    'Der letzte Tipp vor dem Verbindungsabbruch wurde nicht bestätigt. Bestellung noch einmal prüfen.',
  onTwo: 'Alles auf zweien gesichert',
  hereOnly: {
    one: '{count} Bestellung nur hier gesichert',
    other: '{count} Bestellungen nur hier gesichert',
  },
  savedHere: 'Auf diesem Gerät gesichert',
  ahead: '{name}: Uhr geht {age} vor',
  behind: '{name}: Uhr geht {age} nach',
  toSettle: '{n} zu klären',
}
