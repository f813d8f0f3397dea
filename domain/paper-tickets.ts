import type { TicketView } from './order-view.ts'

/**
 * A ticket that came out of a printer has been acknowledged: by paper instead of a screen. The log
 * says so with the same fact, and with one of these in the place of the device's id.
 */
const SLIP = 'slip:'
const FALLBACK = 'fallback:'

export type PaperKind = 'slip' | 'fallback'

export const paperReader = (kind: PaperKind, printerId: string): string =>
  `${kind === 'slip' ? SLIP : FALLBACK}${printerId}`

/** The printer behind an acknowledgement; null: it was a screen's. */
export function printerOfReader(
  readerId: string,
): { readonly kind: PaperKind; readonly printerId: string } | null {
  if (readerId.startsWith(SLIP)) return { kind: 'slip', printerId: readerId.slice(SLIP.length) }
  if (!readerId.startsWith(FALLBACK)) return null
  return { kind: 'fallback', printerId: readerId.slice(FALLBACK.length) }
}

export const isOnPaper = (ticket: TicketView, kind: PaperKind, printerId: string): boolean =>
  ticket.seenBy.some(({ deviceId }) => deviceId === paperReader(kind, printerId))

/** When and where it was printed because no kitchen screen had shown it; null: it was not. */
export function fallbackOf(
  ticket: TicketView,
): { readonly printerId: string; readonly at: string } | null {
  for (const { deviceId, at } of ticket.seenBy) {
    const reader = printerOfReader(deviceId)
    if (reader?.kind === 'fallback') return { printerId: reader.printerId, at }
  }
  return null
}
