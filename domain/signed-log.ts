/**
 * A log that is signed by the device which writes it (rule A4). Its origin names the key, so that
 * whoever gets an entry of it can check whose it is and need believe nobody:
 *
 *     s1.<public key, compressed, base64url>.<drawn>
 *
 * The signature of an entry is the last event of its body, so it travels and lies wherever the entry
 * does, and programs from before pass it on. It covers the entry and, by the chain, all before it. A
 * few entries of a burst may go without; the next one that is signed covers them, and nothing beyond
 * the last signature leaves its device or enters another.
 */

const ORIGIN = /^s1\.([A-Za-z0-9_-]{44})\.[A-Za-z0-9-]{1,30}$/
const BEGIN = '{"type":"log.signed","signature":"'
const END = '"}]'
const SIGNATURE_CHARS = 86
const EVENT_CHARS = BEGIN.length + SIGNATURE_CHARS + END.length

/** Entries in a row that may go without a signature. */
export const MAX_UNSIGNED = 15

/** The type of the event that holds it. */
export const SIGNED_EVENT = 'log.signed'

/** The public key in the name of a signed log, compressed, in base64url; null: it is none. */
export const signingKeyOf = (origin: string): string | null => ORIGIN.exec(origin)?.[1] ?? null

export const signedOrigin = (publicKey: string, drawn: string): string =>
  `s1.${publicKey}.${drawn.replaceAll('-', '').slice(0, 24)}`

/** `body`: the array of an entry's events, as JSON. */
export const withSignature = (body: string, signature: string): string =>
  `${body.slice(0, -1)}${body === '[]' ? '' : ','}${BEGIN}${signature}${END}`

export const isSignedBody = (body: string): boolean =>
  body.endsWith(END) && body.startsWith(BEGIN, body.length - EVENT_CHARS)

/** What was signed, and the signature; null: there is none. */
export function splitSigned(
  body: string,
): { readonly body: string; readonly signature: string } | null {
  if (!isSignedBody(body)) return null
  const from = body.length - EVENT_CHARS
  const before = body.slice(0, from)
  const unsigned = before.endsWith(',') ? before.slice(0, -1) : before
  const signature = body.slice(from + BEGIN.length, -END.length)
  return { body: `${unsigned}]`, signature }
}

export const unsignedBody = (body: string): string => splitSigned(body)?.body ?? body
