/**
 * A signature of P-256 in its two forms: the two numbers as they are, 64 bytes (IEEE P1363), as it is
 * stored, and as ASN.1 (DER), as the library makes and reads it soonest: in the other form it looks at
 * the key anew each time, which takes longer than signing does.
 */
const NUMBER_BYTES = 32
const SEQUENCE = 0x30
const INTEGER = 0x02

/** `der`: SEQUENCE { r INTEGER, s INTEGER }, from the library itself. */
export function fromDer(der: Uint8Array): Buffer {
  const signature = Buffer.alloc(2 * NUMBER_BYTES)
  let at = 2
  for (const end of [NUMBER_BYTES, 2 * NUMBER_BYTES]) {
    const from = at + 2
    at = from + der[at + 1]!
    const number = der.subarray(Math.max(from, at - NUMBER_BYTES), at)
    signature.set(number, end - number.length)
  }
  return signature
}

/** Null: these are no 64 bytes, so they are no signature. */
export function toDer(signature: Uint8Array): Buffer | null {
  if (signature.length !== 2 * NUMBER_BYTES) return null
  const numbers = [signature.subarray(0, NUMBER_BYTES), signature.subarray(NUMBER_BYTES)].map(
    derNumber,
  )
  const length = numbers.reduce((sum, number) => sum + number.length, 0)
  return Buffer.concat([Buffer.of(SEQUENCE, length), ...numbers])
}

/** Without needless zeros in front, and with one where it would read as negative. */
function derNumber(number: Uint8Array): Buffer {
  let at = 0
  while (at < NUMBER_BYTES - 1 && number[at] === 0) at += 1
  const sign = number[at]! >= 0x80 ? [0] : []
  const digits = number.subarray(at)
  return Buffer.from([INTEGER, digits.length + sign.length, ...sign, ...digits])
}
