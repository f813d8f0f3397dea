import type { status as english } from '../en/status.ts'
import type { In } from '../kinds.ts'

export const status: In<'es', typeof english> = {
  connections: 'Conexiones',
  noOthers: 'Sin otros dispositivos',
  notHeardSinceStart: 'sin noticias desde el inicio',
  now: 'ahora',
  heardAgo: 'hace {age}',
  noCentre: 'Sin central',
  noContact: 'aún sin contacto',
  lastContact: 'contacto hace {age}',
  upstreamUnknown: 'Central desconocida',
  notUpstream: '{n} aún no en la central',
  notUpstreamSince: '{n} aún no en la central, desde hace {age}',
  allUpstream: 'Todo en la central',
  unreadable: {
    one: '{count} registro necesita actualizar este programa',
    other: '{count} registros necesitan actualizar este programa',
  },
  quarantined: {
    one: '{count} registro retenido: llame a soporte',
    other: '{count} registros retenidos: llame a soporte',
  },
  alone: 'Sin conexión desde hace {age}: los pedidos solo se guardan aquí',
  tillNotHeardYet: 'Sin noticias de {name} — pueden faltar sus pedidos',
  tillNotHeardFor: 'Sin noticias de {name} desde hace {age} — pueden faltar sus pedidos',
  silent: 'Sin conexión con {terminal} — lo que ve es de las {time}',
  thisTill: 'esta caja',
  noAnswer: 'El equipo no respondió. Pruebe otra vez.',
  tooManyCalls: 'El equipo no da abasto. Espere un momento y pruebe otra vez.',
  handedOver: 'El último toque antes del corte no se confirmó. Revise otra vez su pedido.',
  onTwo: 'Todo guardado en dos',
  hereOnly: {
    one: '{count} pedido guardado solo aquí',
    other: '{count} pedidos guardados solo aquí',
  },
  savedHere: 'Guardado en este equipo',
  ahead: '{name}: reloj {age} adelantado',
  behind: '{name}: reloj {age} atrasado',
  toSettle: '{n} por resolver',
}
