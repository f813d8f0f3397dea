import { expect, test } from 'vitest'
import {
  drawScalar,
  isShare,
  proverProofs,
  proverShare,
  verifierProofs,
  verifierShare,
  type CodeSecrets,
  type Transcript,
} from './spake2plus.ts'

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')
const bytes = (text: string): Uint8Array => Buffer.from(text)

/** RFC 9383, appendix C, the vector of P256-SHA256-HKDF-SHA256-HMAC-SHA256. */
const rfc = {
  transcript: {
    context: bytes('SPAKE2+-P256-SHA256-HKDF-SHA256-HMAC-SHA256 Test Vectors'),
    idProver: bytes('client'),
    idVerifier: bytes('server'),
  },
  secrets: {
    w0: 0xbb8e1bbcf3c48f62c08db243652ae55d3e5586053fca77102994f23ad95491b3n,
    w1: 0x7e945f34d78785b8a3ef44d0df5a1a97d6b3b460409a345ca7830387a74b1dban,
  },
  x: 0xd1232c8e8693d02368976c174e2088851b8365d0d79a9eee709c6a05a2fad539n,
  y: 0x717a72348a182085109c8d3917d6c43d59b224dc6a7fc4f0483232fa6516d8b3n,
  shareP:
    '04ef3bd051bf78a2234ec0df197f7828060fe9856503579bb1733009042c15c0c1' +
    'de127727f418b5966afadfdd95a6e4591d171056b333dab97a79c7193e341727',
  shareV:
    '04c0f65da0d11927bdf5d560c69e1d7d939a05b0e88291887d679fcadea75810fb' +
    '5cc1ca7494db39e82ff2f50665255d76173e09986ab46742c798a9a68437b048',
  confirmP: '926cc713504b9b4d76c9162ded04b5493e89109f6d89462cd33adc46fda27527',
  confirmV: '9747bcc4f8fe9f63defee53ac9b07876d907d55047e6ff2def2e7529089d3e68',
}

test('[P1] SPAKE2+ gives byte for byte what RFC 9383, appendix C, says', () => {
  const { transcript, secrets, x, y } = rfc
  const shareP = proverShare(secrets, x)
  const shareV = verifierShare(secrets, y)
  expect(hex(shareP)).toBe(rfc.shareP)
  expect(hex(shareV)).toBe(rfc.shareV)
  for (const proofs of [
    proverProofs(transcript, secrets, x, shareV),
    verifierProofs(transcript, secrets, y, shareP),
  ]) {
    expect(hex(proofs?.confirmP)).toBe(rfc.confirmP)
    expect(hex(proofs?.confirmV)).toBe(rfc.confirmV)
  }
})

/** Whether two sides that go by these convince each other: verifier's proof, then prover's. */
function convinces(
  prover: { readonly transcript: Transcript; readonly secrets: CodeSecrets },
  verifier: { readonly transcript: Transcript; readonly secrets: CodeSecrets },
): [boolean, boolean] {
  const [x, y] = [drawScalar(), drawScalar()]
  const shareP = proverShare(prover.secrets, x)
  const shareV = verifierShare(verifier.secrets, y)
  const atProver = proverProofs(prover.transcript, prover.secrets, x, shareV)
  const atVerifier = verifierProofs(verifier.transcript, verifier.secrets, y, shareP)
  return [
    hex(atProver?.confirmV) === hex(atVerifier?.confirmV),
    hex(atProver?.confirmP) === hex(atVerifier?.confirmP),
  ]
}

test('[P1] only who knows the same code, between the same two ends, is convincing', () => {
  const { transcript, secrets } = rfc
  const same = { transcript, secrets }
  expect(convinces(same, same)).toEqual([true, true])
  const others: (typeof same)[] = [
    { transcript, secrets: { ...secrets, w0: secrets.w0 + 1n } },
    { transcript, secrets: { ...secrets, w1: secrets.w1 + 1n } },
    { secrets, transcript: { ...transcript, context: bytes('another context') } },
    { secrets, transcript: { ...transcript, idProver: bytes('another client') } },
    { secrets, transcript: { ...transcript, idVerifier: bytes('another server') } },
    // Nor does moving a byte from one name to the next make another list the same.
    {
      secrets,
      transcript: { ...transcript, idProver: bytes('clients'), idVerifier: bytes('erver') },
    },
  ]
  for (const other of others) {
    expect(convinces(same, other)).toEqual([false, false])
    expect(convinces(other, same)).toEqual([false, false])
  }
})

test('[P1] what is no point of the curve is no share, and answers nothing', () => {
  const { transcript, secrets, y } = rfc
  const good = proverShare(secrets, rfc.x)
  const offCurve = Uint8Array.from(good)
  offCurve[64] = offCurve[64]! ^ 1
  const compressed = Uint8Array.of(2, ...good.subarray(1, 33))
  for (const bad of [
    offCurve,
    compressed,
    good.subarray(1),
    new Uint8Array(65),
    new Uint8Array(),
  ]) {
    expect(isShare(bad)).toBe(false)
    expect(verifierProofs(transcript, secrets, y, bad)).toBeNull()
    expect(proverProofs(transcript, secrets, y, bad)).toBeNull()
  }
  expect(isShare(good)).toBe(true)
})

test('[P1] a share that cancels out to nothing proves nothing', () => {
  const { transcript, secrets, x } = rfc
  const blind = [
    '04886e2f97ace46e55ba9dd7242579f2993b64e16ef3dcab95afd497333d8fa12f' +
      '5ff355163e43ce224e0b0e65ff02ac8e5c7be09419c785e0ca547d55a12e2d20',
    '04d8bbd6c639c62937b04d997f38c3770719c629d7014d49a24b4f98baa1292b49' +
      '07d60aa6bfade45008a636337f5168c64d9bd36034808cd564490b1e656edbe7',
  ].map((point) => Buffer.from(point, 'hex'))
  const one = { ...secrets, w0: 1n }
  expect(verifierProofs(transcript, one, x, blind[0]!)).toBeNull()
  expect(proverProofs(transcript, one, x, blind[1]!)).toBeNull()
})
