/**
 * Where the back office is, for the system's browser. It is remote content, so no window of the
 * shell shows it, and only an address in TLS, or on this computer, is handed to the system at all.
 */
export function officeAddress(centralUrl: string | null): string | null {
  const url = centralUrl === null ? null : URL.parse('/office', centralUrl)
  if (url === null || url.username !== '' || url.password !== '') return null
  const isHere = url.hostname === '127.0.0.1' || url.hostname === 'localhost'
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere) ? url.href : null
}
