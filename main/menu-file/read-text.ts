import { isUtf8 } from 'node:buffer'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { faultAt, type MenuFault } from './menu-fault.ts'

/** Pictures among it. */
export const MAX_MENU_FILE_BYTES = 30_000_000

const BYTE_ORDER_MARK = 0xfeff

/** The text of a menu file without its byte order mark, or why it is none. */
export function readMenuText(bytes: Uint8Array): Result<string, readonly MenuFault[]> {
  if (bytes.length > MAX_MENU_FILE_BYTES) return refuse([tooLong(bytes.length)])
  if (isUtf8(bytes)) return ok(withoutMark(new TextDecoder().decode(bytes)))
  const good = goodPrefix(bytes)
  return refuse([
    faultAt(good, good.length, 'these bytes are not UTF-8 text; save the file with encoding UTF-8'),
  ])
}

/** For text that was read elsewhere: the same bounds, and an empty file is told as such. */
export function checkMenuText(text: string): Result<string, readonly MenuFault[]> {
  const size = Buffer.byteLength(text)
  if (size > MAX_MENU_FILE_BYTES) return refuse([tooLong(size)])
  const plain = withoutMark(text)
  return plain.trim() === ''
    ? refuse([faultAt('', 0, 'the file is empty; it should hold a menu')])
    : ok(plain)
}

const withoutMark = (text: string): string =>
  text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text

const tooLong = (size: number): MenuFault =>
  faultAt(
    '',
    0,
    `the file has ${size} bytes; a menu file may have ${MAX_MENU_FILE_BYTES}: split it into several`,
  )

/**
 * The text in front of the first byte that is not UTF-8. A decoder that replaces such bytes gives a
 * text whose own bytes are the same as the file's up to there.
 */
function goodPrefix(bytes: Uint8Array): string {
  const replaced = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  let same = 0
  while (same < bytes.length && bytes[same] === replaced[same]) same += 1
  const whole = new TextDecoder().decode(bytes.subarray(0, same), { stream: true })
  return withoutMark(whole)
}
