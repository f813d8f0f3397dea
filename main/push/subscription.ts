import { isIP } from 'node:net'
import { z } from 'zod'
import type { JournalLine } from '../../domain/journal.ts'
import { openText, sealText, type DataKey } from '../personal-data/seal.ts'
import { hostOf, isPublic } from '../webhooks/address.ts'
import { AUTH_BYTES, POINT_BYTES } from './encrypt.ts'

/**
 * Where a browser wants to be told of an order. Its address tells one guest from all others, so it is
 * personal data: it stands in the log sealed with the customer's key, and is gone with it.
 */
const bytes = (count: number) =>
  z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_-]+={0,2}$/)
    .refine((text) => Buffer.from(text, 'base64url').length === count, {
      message: `Invalid input: has to be ${count} bytes in base64url`,
    })

export const subscriptionSchema = z.strictObject({
  endpoint: z.url().max(1_000),
  p256dh: bytes(POINT_BYTES),
  auth: bytes(AUTH_BYTES),
  /** The last part of the guest's page: a tap on the message leads there. */
  page: z.string().max(400),
})
export type Subscription = z.infer<typeof subscriptionSchema>

/** Browsers that follow one order. More are a mistake, or a program's. */
export const MAX_SUBSCRIPTIONS = 5

/**
 * Why this device must not call there. Whoever has a link of one order names the address, so it leads
 * to no door of the restaurant's own; the name is looked at again where the connection is made.
 */
export function endpointFault(endpoint: string, privateHosts: readonly string[]): string | null {
  const url = URL.parse(endpoint)
  if (url === null) return 'It is no URL.'
  const host = hostOf(url)
  if (privateHosts.includes(host)) return null
  if (url.protocol !== 'https:') return 'It has to be https.'
  if (url.username !== '' || url.password !== '') return 'It must not carry a name and a password.'
  if (host === 'localhost' || host.endsWith('.localhost') || (isIP(host) > 0 && !isPublic(host))) {
    return 'It is an address of a private network.'
  }
  return null
}

type SubscribedLine = Extract<JournalLine, { kind: 'push_subscribed' }>

/** Of an order: those that have not ended, in the order in which they came. */
export function liveSubscriptions(lines: readonly JournalLine[]): SubscribedLine[] {
  const ended = new Set(lines.flatMap(({ kind, id }) => (kind === 'push_ended' ? [id] : [])))
  return lines.filter((line) => line.kind === 'push_subscribed').filter(({ id }) => !ended.has(id))
}

const FIELD = 'push'

/** The same browser comes out the same: it is not told twice. */
export const sealSubscription = (
  key: DataKey,
  orderId: string,
  subscription: Subscription,
): string => sealText(key, JSON.stringify(subscription), { orderId, field: FIELD })

/** Null: the key is not here, or was destroyed. */
export function openSubscription(
  { value: { key: keyId, sealed }, about: orderId }: SubscribedLine,
  find: (keyId: string) => DataKey | null,
): Subscription | null {
  const key = find(keyId)
  const text = key && openText(key, sealed, { orderId, field: FIELD })
  return text === null ? null : subscriptionSchema.parse(JSON.parse(text))
}
