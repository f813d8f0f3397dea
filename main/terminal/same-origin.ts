/**
 * Whether a WebSocket upgrade comes from our own page. A browser always names the page's origin, so
 * a page elsewhere cannot reach through the cashier's browser to this till; a program that is not a
 * browser names none and could call the API as well.
 */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  if (host === undefined) return false
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}
