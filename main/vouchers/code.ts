import { createHash, createHmac, hkdfSync } from 'node:crypto'

/**
 * Codes of gift vouchers: 16 letters of Crockford's alphabet, which has no I, L, O and U, so 80 bits that
 * nobody guesses. Of a code only a hash is kept. It is computed from the command that sells it and a
 * secret of the device, so that a request that comes again is answered with the same code (rule L5).
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LETTERS = 16
const GROUP = 4
export const HINT_LETTERS = 4

export type VoucherCodes = (commandId: string) => string

export function createVoucherCodes(privateKey: string): VoucherCodes {
  const secret = Buffer.from(hkdfSync('sha256', privateKey, '', 'aura voucher codes', 32))
  return (commandId) => {
    const bytes = createHmac('sha256', secret).update(commandId).digest()
    const letters = [...bytes.subarray(0, LETTERS)].map((byte) => ALPHABET[byte % 32] ?? '0')
    return grouped(letters.join(''))
  }
}

const grouped = (letters: string): string =>
  (letters.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-')

/** As people read it back: small letters, spaces, an O for a zero. */
export const normalCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')

export const voucherIdOf = (code: string): string =>
  createHash('sha256')
    .update(`aura voucher ${normalCode(code)}`)
    .digest('base64url')

export const hintOf = (code: string): string => normalCode(code).slice(-HINT_LETTERS)
