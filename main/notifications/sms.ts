import type { Deliver } from './deliver.ts'
import { DELIVERY_TIMEOUT_MS } from './limits.ts'

export interface SmsSettings {
  readonly url: string
  readonly token?: string | undefined
  readonly from?: string | undefined
}

/**
 * SMS by a provider that takes JSON: `{ "to", "from"?, "text", "id" }`, the id in `Idempotency-Key`
 * as well. 2xx: taken. 408, 425, 429 and 5xx: later. Anything else: never.
 */
export function createSms({ url, token, from }: SmsSettings): Deliver {
  return async ({ id, to, text }) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': id,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ id, to, ...(from !== undefined && { from }), text }),
        signal: AbortSignal.timeout(DELIVERY_TIMEOUT_MS),
        redirect: 'error',
      })
      await response.body?.cancel()
      if (response.ok) return { kind: 'sent' }
      const { status } = response
      const detail = `the SMS provider answered ${status}`
      const isLater = status >= 500 || [408, 425, 429].includes(status)
      return { kind: isLater ? 'failed' : 'refused', detail }
    } catch {
      return { kind: 'failed', detail: 'the SMS provider does not answer' }
    }
  }
}
