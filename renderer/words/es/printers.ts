import type { printers as english } from '../en/printers.ts'
import type { In } from '../kinds.ts'

export const printers: In<'es', typeof english> = {
  paper_out: 'sin papel',
  cover_open: 'tapa abierta',
  offline: 'dice que no está lista',
  unreachable: 'sin conexión',
  bad_address: 'no tiene una dirección válida',
  broke_off: 'se cortó al imprimir',
  receiptsOf: 'Recibos de {names}',
  ticketsOf: 'Comandas de {names}',
  fallbackFor: 'Reserva de {names}',
  drawer: 'Cajón',
  nothingItself: 'No imprime nada por sí sola',
  notUsed: 'Esta caja no la usa',
  printing: 'Imprimiendo, {n} en cola',
  notAsked: 'Aún sin consultar',
  readyNothing: 'Lista, aún nada impreso',
  readyPrinted: 'Lista, imprimió hace {age}',
  andWaiting: '{trouble}, {n} en cola',
  givenUp: { one: '{count} trabajo abandonado', other: '{count} trabajos abandonados' },
  cannotPrint: 'No puede imprimir {signs}',
}
