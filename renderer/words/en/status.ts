/** The strip: who is here, and where what is written is kept. */
export const status = {
  connections: 'Connections',
  noOthers: 'No other devices',
  notHeardSinceStart: 'not heard since start',
  now: 'now',
  heardAgo: 'heard {age} ago',
  noCentre: 'No centre set',
  noContact: 'no contact yet',
  lastContact: 'last contact {age} ago',
  upstreamUnknown: 'Upstream unknown',
  notUpstream: '{n} not yet upstream',
  notUpstreamSince: '{n} not yet upstream, oldest {age}',
  allUpstream: 'All upstream',
  unreadable: {
    one: '{count} entry needs an update of this program',
    other: '{count} entries need an update of this program',
  },
  quarantined: {
    one: '{count} entry held back: call support',
    other: '{count} entries held back: call support',
  },
  alone: 'Alone for {age}: new orders are saved here only',
  tillNotHeardYet: '{name} not heard yet — its orders may be missing',
  tillNotHeardFor: '{name} not heard for {age} — its orders may be missing',
  silent: 'Not connected to {terminal} — what you see is from {time}',
  thisTill: 'this till’s terminal',
  noAnswer: 'The terminal did not answer. Try again.',
  tooManyCalls: 'The terminal is not keeping up. Wait a moment and try again.',
  handedOver:
    'The last tap before the connection broke was not confirmed. Look at its order again.',
} as const
