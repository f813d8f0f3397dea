import type { status as english } from '../en/status.ts'
import type { In } from '../kinds.ts'

export const status: In<'fr', typeof english> = {
  connections: 'Connexions',
  noOthers: 'Aucun autre appareil',
  notHeardSinceStart: 'pas entendu depuis le démarrage',
  now: 'à l’instant',
  heardAgo: 'il y a {age}',
  noCentre: 'Pas de centrale',
  noContact: 'pas encore de contact',
  lastContact: 'contact il y a {age}',
  upstreamUnknown: 'Centrale inconnue',
  notUpstream: '{n} pas encore à la centrale',
  notUpstreamSince: '{n} pas encore à la centrale, depuis {age}',
  allUpstream: 'Tout à la centrale',
  unreadable: {
    one: '{count} entrée demande une mise à jour du programme',
    other: '{count} entrées demandent une mise à jour du programme',
  },
  quarantined: {
    one: '{count} entrée retenue : appelez le support',
    other: '{count} entrées retenues : appelez le support',
  },
  alone: 'Seul depuis {age} : les commandes ne sont gardées qu’ici',
  tillNotHeardYet: '{name} pas encore entendue — ses commandes peuvent manquer',
  tillNotHeardFor: '{name} pas entendue depuis {age} — ses commandes peuvent manquer',
  silent: 'Pas de liaison avec {terminal} — ce que vous voyez date de {time}',
  thisTill: 'cette caisse',
  noAnswer: 'L’appareil n’a pas répondu. Réessayez.',
  tooManyCalls: 'L’appareil ne suit pas. Attendez un instant et réessayez.',
  handedOver: 'La dernière touche avant la coupure n’a pas été confirmée. Revoyez sa commande.',
  onTwo: 'Tout gardé sur deux',
  hereOnly: {
    one: '{count} commande gardée ici seulement',
    other: '{count} commandes gardées ici seulement',
  },
  savedHere: 'Gardé sur cet appareil',
  ahead: '{name} : horloge en avance de {age}',
  behind: '{name} : horloge en retard de {age}',
  toSettle: '{n} à régler',
}
