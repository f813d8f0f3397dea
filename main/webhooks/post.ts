import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { guardedLookup, hostOf, mayCall } from './address.ts'
import { WEBHOOK_TIMEOUT_MS } from './limits.ts'

export interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  readonly privateHosts: readonly string[]
  readonly signal: AbortSignal
  readonly timeoutMs?: number
}

/** The status that came back, or why none did. What else was answered is not read. */
export type PostOutcome = { readonly status: number } | { readonly failure: string }

export function postOnce(post: Post): Promise<PostOutcome> {
  const { headers, body, privateHosts, signal, timeoutMs = WEBHOOK_TIMEOUT_MS } = post
  const url = new URL(post.url)
  const host = hostOf(url)
  // An address that stands there itself is looked up by nobody.
  if (isIP(host) > 0 && !mayCall(host, host, privateHosts)) {
    return Promise.resolve({ failure: `${host} is an address of a private network` })
  }
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve) => {
    const asked = request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'AuraConnect-POS',
        ...headers,
      },
      lookup: guardedLookup(privateHosts),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      agent: false,
    })
    asked.on('response', (response) => {
      resolve({ status: response.statusCode ?? 0 })
      response.destroy()
    })
    asked.on('error', (error) => {
      resolve({ failure: error.name === 'AbortError' ? 'no answer in time' : error.message })
    })
    asked.end(body)
  })
}
