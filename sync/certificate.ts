import { randomBytes, sign, type KeyObject } from 'node:crypto'

/**
 * A self-signed X.509 certificate in DER (RFC 5280), for an ECDSA P-256 key. TLS needs one to carry
 * the public key; nobody believes anything else in it, for peers are pinned by their keys. It is
 * only ever written here, and read by the TLS libraries.
 */
export function selfSignedCertificate(keys: {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}): Uint8Array {
  const body = sequence(
    tagged(0, integer(Uint8Array.of(VERSION_3))),
    integer(serialNumber()),
    ECDSA_WITH_SHA256,
    NAME,
    sequence(generalizedTime(VALID_FROM), generalizedTime(VALID_FOR_EVER)),
    NAME,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(...EXTENSIONS)),
  )
  const signature = sign('sha256', body, keys.privateKey)
  return sequence(body, ECDSA_WITH_SHA256, bitString(signature))
}

export const toPem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString('base64')
    .replaceAll(/.{64}/g, '$&\n')
    .trimEnd()}\n-----END ${label}-----\n`

const VERSION_3 = 2
/** A till's clock may be wrong by years: a certificate that is always valid asks nothing of it. */
const VALID_FROM = '20000101000000Z'
const VALID_FOR_EVER = '99991231235959Z'

/** Positive and of 16 bytes: the first bit would be the sign. */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(16)
  bytes[0] = 0x40 | (bytes[0]! & 0x3f)
  return bytes
}

function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts)
  return Buffer.concat([Uint8Array.of(tag), lengthOf(content), content])
}

function lengthOf(content: Uint8Array): Uint8Array {
  if (content.length < 0x80) return Uint8Array.of(content.length)
  if (content.length < 0x100) return Uint8Array.of(0x81, content.length)
  return Uint8Array.of(0x82, content.length >> 8, content.length & 0xff)
}

const sequence = (...parts: readonly Uint8Array[]) => element(0x30, ...parts)
const tagged = (number: number, content: Uint8Array) => element(0xa0 + number, content)
const integer = (bytes: Uint8Array) => element(0x02, bytes)
const bitString = (bytes: Uint8Array) => element(0x03, Uint8Array.of(0), bytes)
const octetString = (content: Uint8Array) => element(0x04, content)
const generalizedTime = (text: string) => element(0x18, Buffer.from(text))
const objectId = (hex: string) => element(0x06, Buffer.from(hex, 'hex'))

/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'))
/** One common name (2.5.4.3), the same for all: names of devices are in the roster. */
const NAME = sequence(
  element(0x31, sequence(objectId('550403'), element(0x0c, Buffer.from('AuraConnect POS')))),
)

/** What browsers want to see before they offer to trust a page of the device. */
const EXTENSIONS = [
  // Subject alternative name: localhost.
  sequence(objectId('551d11'), octetString(sequence(element(0x82, Buffer.from('localhost'))))),
  // Key usage: digital signature, the first of eight bits.
  sequence(objectId('551d0f'), octetString(element(0x03, Uint8Array.of(7, 0x80)))),
  // Extended key usage: TLS server and TLS client.
  sequence(
    objectId('551d25'),
    octetString(sequence(objectId('2b06010505070301'), objectId('2b06010505070302'))),
  ),
]
