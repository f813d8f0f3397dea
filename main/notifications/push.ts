import { DELIVERY_TIMEOUT_MS } from './limits.ts'
import type { Deliver } from './deliver.ts'
import { encryptPush } from '../push/encrypt.ts'
import { endpointFault, subscriptionSchema } from '../push/subscription.ts'
import { vapidHeader, type VapidKeys } from '../push/vapid.ts'
import { postOnce } from '../webhooks/post.ts'

export interface PushSettings extends VapidKeys {
  readonly subject: string
  /** Hosts of private networks that may be called all the same. */
  readonly privateHosts: readonly string[]
}

/** So long a service keeps a message for a browser that is off: it is no news after that. */
const KEEP_SECONDS = 20 * 60

/**
 * Web push: the message goes, encrypted, to the service that the browser named (RFC 8030). A repeat
 * under the same topic takes the place of what the browser has not fetched yet.
 */
export function createPush({ privateHosts, subject, ...keys }: PushSettings): Deliver {
  return async ({ id, to, subject: title, text }) => {
    const { endpoint, p256dh, auth, page } = subscriptionSchema.parse(JSON.parse(to))
    const fault = endpointFault(endpoint, privateHosts)
    if (fault !== null) return { kind: 'gone', detail: fault }
    const message = Buffer.from(JSON.stringify({ title, body: text.trim(), page, tag: id }))
    const bytesOf = (base64: string) => Buffer.from(base64, 'base64url')
    let body: Buffer
    try {
      body = encryptPush(message, { p256dh: bytesOf(p256dh), auth: bytesOf(auth) })
    } catch {
      return { kind: 'gone', detail: 'the key of the browser is none' }
    }
    const outcome = await postOnce({
      url: endpoint,
      headers: {
        authorization: vapidHeader(endpoint, keys, subject, Date.now()),
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        ttl: String(KEEP_SECONDS),
        topic: id.slice(0, 32),
        urgency: 'high',
      },
      body,
      privateHosts,
      signal: new AbortController().signal,
      timeoutMs: DELIVERY_TIMEOUT_MS,
    })
    // What went wrong on the way may name the address.
    if (!('status' in outcome))
      return { kind: 'failed', detail: 'the push service does not answer' }
    const { status } = outcome
    if (status >= 200 && status < 300) return { kind: 'sent' }
    const detail = `the push service answered ${status}`
    if (status === 404 || status === 410) return { kind: 'gone', detail }
    const isLater = status >= 500 || [408, 425, 429].includes(status)
    return { kind: isLater ? 'failed' : 'refused', detail }
  }
}
