/**
 * Codes of gift vouchers: 16 letters of Crockford's alphabet, which has no I, L, O and U, so 80 bits that
 * nobody guesses. Of a code only a hash is kept. Pure: bytes and hashes come from outside.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 4
const GROUP = 4
/** As many random bytes make a code. */
export const VOUCHER_CODE_BYTES = GROUPS * GROUP

export function voucherCodeOf(bytes: Uint8Array): string {
  const letters = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '0').join('')
  return Array.from({ length: GROUPS }, (_, n) => letters.slice(n * GROUP, (n + 1) * GROUP)).join(
    '-',
  )
}

/** As people read it back: small letters, spaces, an O for a zero. */
const normal = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')

/** Of this the SHA-256, in base64url, is the voucher's id. */
export const voucherTextToHash = (code: string): string => `aura voucher ${normal(code)}`

/** The last letters, by which people tell it from others. */
export const voucherHint = (code: string): string => normal(code).slice(-GROUP)
