import { createECDH, createPrivateKey, sign } from 'node:crypto'

/**
 * Who sends: RFC 8292. The push service that a browser named believes a token that is signed with the
 * key which the browser was shown when it subscribed, so one store has one pair of keys.
 */
export interface VapidKeys {
  /** A point of P-256, uncompressed, in base64url: 65 bytes. */
  readonly publicKey: string
  /** 32 bytes in base64url. */
  readonly privateKey: string
}

/** Services take at most a day. */
const VALID_SECONDS = 12 * 60 * 60
const CURVE = 'prime256v1'

export function newVapidKeys(): VapidKeys {
  const pair = createECDH(CURVE)
  pair.generateKeys()
  // A private key that begins with a zero comes a byte short.
  const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()]).subarray(-32)
  return {
    publicKey: pair.getPublicKey('base64url'),
    privateKey: privateKey.toString('base64url'),
  }
}

/** Whether the public key is the private one's. Mistyped, no service would ever take a message. */
export function isPair({ publicKey, privateKey }: VapidKeys): boolean {
  try {
    const pair = createECDH(CURVE)
    pair.setPrivateKey(Buffer.from(privateKey, 'base64url'))
    return pair.getPublicKey('base64url') === publicKey
  } catch {
    return false
  }
}

/** The header `Authorization`. `subject`: whom the service can write to, `mailto:` or https. */
export function vapidHeader(
  endpoint: string,
  { publicKey, privateKey }: VapidKeys,
  subject: string,
  nowMs: number,
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(nowMs / 1_000) + VALID_SECONDS,
    sub: subject,
  }
  const token = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const point = Buffer.from(publicKey, 'base64url')
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      ...{ kty: 'EC', crv: 'P-256', d: privateKey },
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  const signature = sign('sha256', Buffer.from(token), { key, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${token}.${signature.toString('base64url')}, k=${publicKey}`
}
