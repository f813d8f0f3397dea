import { scrypt } from 'node:crypto'
import { GROUP_ORDER, withLength, type CodeSecrets, type Transcript } from './spake2plus.ts'

/** The two ends of one TLS connection, by the hashes of their public keys. */
export interface PairingEnds {
  readonly joiner: Uint8Array
  readonly member: Uint8Array
}

/**
 * Whoever sits in between ends TLS himself and shows each side a key of his own. So both key hashes
 * stand in the transcript: his two connections give two different ones, and no proof made on one of
 * them fits the other, even for who knows that a code is being shown and relays every byte.
 */
export const pairingTranscript = ({ joiner, member }: PairingEnds): Transcript => ({
  context: Buffer.concat([
    withLength(Buffer.from('AuraConnect POS pairing 1')),
    withLength(joiner),
    withLength(member),
  ]),
  idProver: joiner,
  idVerifier: member,
})

/** RFC 9383, section 3.2: each scalar from 64 bits more than the group has, so that none is likelier. */
const SCALAR_BYTES = 40
/** The RFC's own proposal: 32 MiB and a tenth of a second for each code that is tried. */
const SCRYPT = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const

/** Salted with both key hashes: what was computed for one pair of devices serves no other. */
export function codeSecrets(code: string, ends: PairingEnds): Promise<CodeSecrets> {
  const { joiner, member } = ends
  const input = Buffer.concat([Buffer.from(code), joiner, member].map(withLength))
  const salt = Buffer.concat([joiner, member])
  return new Promise((resolve, reject) => {
    scrypt(input, salt, 2 * SCALAR_BYTES, SCRYPT, (error, bytes) => {
      if (error) return reject(error)
      resolve({
        w0: scalarOf(bytes.subarray(0, SCALAR_BYTES)),
        w1: scalarOf(bytes.subarray(SCALAR_BYTES)),
      })
    })
  })
}

const scalarOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`) % GROUP_ORDER
