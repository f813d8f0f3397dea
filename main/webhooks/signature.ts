import { createHmac, randomBytes } from 'node:crypto'
import { WEBHOOK_SECRET_BYTES } from './limits.ts'

/**
 * How a receiver knows that a message is ours, as Standard Webhooks says (standardwebhooks.com): an
 * HMAC-SHA256 over id, time and body, with a secret that both know.
 */
const PREFIX = 'whsec_'

export const newSecret = (): string =>
  `${PREFIX}${randomBytes(WEBHOOK_SECRET_BYTES).toString('base64')}`

export function signedHeaders(
  secret: string,
  {
    id,
    timestampS,
    body,
  }: { readonly id: string; readonly timestampS: number; readonly body: string },
): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestampS}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampS),
    'webhook-signature': `v1,${signature}`,
  }
}
