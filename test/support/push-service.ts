import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A push service and the browsers behind it, over real HTTP. It reads the message as a browser does,
 * written from RFC 8291 and 8292 a second time: it shares no line with what sends.
 */
export interface PushService {
  readonly host: string
  /** A browser that subscribes with this key of the sender's. */
  readonly browser: (name: string) => PushBrowser
  /** What the next messages are answered with; 201 where nothing is said. */
  readonly answerNext: (...statuses: number[]) => void
  readonly close: () => Promise<void>
}

export interface PushBrowser {
  readonly subscription: {
    readonly endpoint: string
    readonly keys: { readonly p256dh: string; readonly auth: string }
  }
  readonly messages: readonly Readonly<Record<string, string>>[]
}

interface Keys {
  readonly pair: ReturnType<typeof createECDH>
  readonly auth: Buffer
  readonly messages: Record<string, string>[]
}

export async function startPushService(senderKey: string): Promise<PushService> {
  const browsers = new Map<string, Keys>()
  let statuses: number[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const keys = browsers.get(request.url ?? '')
      const origin = `http://${request.headers.host ?? ''}`
      const mistake =
        vapidMistake(String(request.headers.authorization), senderKey, origin) ??
        (request.headers['content-encoding'] === 'aes128gcm' ? null : 'not encrypted') ??
        (Number(request.headers['ttl']) > 0 ? null : 'no TTL')
      if (keys === undefined) return response.writeHead(404).end()
      if (mistake !== null) return response.writeHead(403).end(mistake)
      const status = statuses.shift() ?? 201
      if (status === 201) {
        const text = decryptAsBrowser(Buffer.concat(chunks), keys)
        keys.messages.push(JSON.parse(text) as Record<string, string>)
      }
      return response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    host: '127.0.0.1',
    browser: (name) => {
      const pair = createECDH('prime256v1')
      pair.generateKeys()
      const keys: Keys = { pair, auth: randomBytes(16), messages: [] }
      browsers.set(`/push/${name}`, keys)
      return {
        subscription: {
          endpoint: `http://127.0.0.1:${port}/push/${name}`,
          keys: { p256dh: pair.getPublicKey('base64url'), auth: keys.auth.toString('base64url') },
        },
        messages: keys.messages,
      }
    },
    answerNext: (...next) => {
      statuses = next
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Null: the sender is who the browser subscribed with. */
export function vapidMistake(header: string, senderKey: string, origin: string): string | null {
  const [, head, claims, signature, key] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header) ?? []
  if (head === undefined || claims === undefined || signature === undefined) return 'no token'
  if (key !== senderKey) return 'another key'
  const read = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  const point = Buffer.from(senderKey, 'base64url')
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      ...{ kty: 'EC', crv: 'P-256' },
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isSigned || read(head)['alg'] !== 'ES256') return 'not signed'
  const { aud, exp, sub } = read(claims)
  if (aud !== origin) return 'for another service'
  const seconds = Number(exp) - Date.now() / 1_000
  if (!(seconds > 0 && seconds <= 86_400)) return 'not valid now'
  return /^(mailto:|https:)/.test(String(sub)) ? null : 'nobody to write to'
}

export function decryptAsBrowser(
  message: Buffer,
  { pair, auth }: Pick<Keys, 'pair' | 'auth'>,
): string {
  const salt = message.subarray(0, 16)
  const length = message[20] ?? 0
  const sender = message.subarray(21, 21 + length)
  const sealed = message.subarray(21 + length)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender])
  const input = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32))
  const key = (use: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', input, salt, `Content-Encoding: ${use}\0`, bytes))
  const opener = createDecipheriv('aes-128-gcm', key('aes128gcm', 16), key('nonce', 12))
  opener.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()])
  const end = padded.findLastIndex((byte) => byte !== 0)
  if (padded[end] !== 2) throw new Error('not the last record')
  return padded.subarray(0, end).toString()
}
