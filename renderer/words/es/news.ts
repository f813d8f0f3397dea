import type { news as english } from '../en/news.ts'
import type { In } from '../kinds.ts'

export const news: In<'es', typeof english> = {
  moved: {
    one: '{count} artículo pasado a {number} · {place}',
    other: '{count} artículos pasados a {number} · {place}',
  },
  sent: '{number} enviado · {place}',
  settled: '{number}: resuelto',
  cancelled: '{number} anulado',
  handedOver: '{number} entregado',
  backToCard: '{number}: {amount} vuelven a la tarjeta',
  backInCash: '{number}: devolver {amount} en efectivo',
  putBack: '{number}: devuelto a {to}',
  lateAccepted: 'Se aceptó lo que escribió {device}',
  printsX: 'Se imprime el informe X',
  printsZ: 'Se imprime el informe Z',
  duplicate: 'El duplicado de {number} va a la impresora',
  toPrinter: '{number} va a la impresora',
  testPage: 'Una página de prueba va a {name}',
  drawerOpens: 'Se abre el cajón',
  notConnected: 'Sin conexión con esta caja. No se cambió nada; pruebe cuando vuelva.',
  dismiss: 'Ocultar',
}
