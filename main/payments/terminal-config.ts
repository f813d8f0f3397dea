import { z } from 'zod'
import { isLoopback, parseAddress } from '../../sync/address.ts'

/** The card terminal of a device, as its configuration names it. Secrets stand in files or in the environment. */

const loopback = z.string().refine((address) => isLoopback(parseAddress(address)?.host ?? ''), {
  message: 'has to be HOST:PORT of this computer',
})
const file = z.string().min(1).max(1_000)

export const cardTerminalConfig = z.discriminatedUnion('provider', [
  /** It has no secret and charges nobody: it is spoken with on this computer alone. */
  z.strictObject({ provider: z.literal('simulated'), address: loopback }),
  z.strictObject({
    provider: z.literal('adyen'),
    /** On the LAN, 8443 as Adyen delivers it. */
    address: z.string().refine((address) => parseAddress(address) !== null, {
      message: 'has to be HOST:PORT',
    }),
    /** Model and serial number: `P400Plus-123456789`. */
    poi_id: z.string().regex(/^[A-Za-z0-9]+-[A-Za-z0-9]+$/),
    /** Adyen's root certificate for terminals, in PEM. */
    root_certificate_file: file,
    key_identifier: z.string().min(1).max(64),
    key_version: z.int().min(0).max(1_000_000),
    /** Absent: in AURA_ADYEN_PASSPHRASE. */
    passphrase_file: file.optional(),
  }),
  z.strictObject({
    provider: z.literal('stripe'),
    reader_id: z.string().regex(/^tmr_[A-Za-z0-9]+$/),
    /** Absent: in AURA_STRIPE_SECRET_KEY. */
    secret_key_file: file.optional(),
    /** To try it out against a server of one's own, without TLS. */
    api: loopback.optional(),
  }),
])
export type CardTerminalConfig = z.infer<typeof cardTerminalConfig>
