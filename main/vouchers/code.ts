import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { VOUCHER_CODE_BYTES, voucherCodeOf, voucherTextToHash } from '../../domain/voucher-code.ts'

export type VoucherCodes = (commandId: string) => string

/**
 * A code is computed from the command that sells the voucher and a secret of the device, so that a
 * request that comes again is answered with the same code (rule L5).
 */
export function createVoucherCodes(privateKey: string): VoucherCodes {
  const secret = Buffer.from(hkdfSync('sha256', privateKey, '', 'aura voucher codes', 32))
  return (commandId) => {
    const bytes = createHmac('sha256', secret).update(commandId).digest()
    return voucherCodeOf(bytes.subarray(0, VOUCHER_CODE_BYTES))
  }
}

export const voucherIdOf = (code: string): string =>
  createHash('sha256').update(voucherTextToHash(code)).digest('base64url')
