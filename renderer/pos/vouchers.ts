import { VOUCHER_CODE_BYTES, voucherCodeOf, voucherTextToHash } from '../../domain/voucher-code.ts'

/** Codes of gift vouchers on the till: they are made and hashed here, and never sent. */

export const newVoucherCode = (): string =>
  voucherCodeOf(crypto.getRandomValues(new Uint8Array(VOUCHER_CODE_BYTES)))

/** The id under which the store knows a voucher. */
export async function voucherIdOf(code: string): Promise<string> {
  const text = new TextEncoder().encode(voucherTextToHash(code))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text))
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
