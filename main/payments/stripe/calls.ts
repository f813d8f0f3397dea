import Stripe from 'stripe'

/** Calls of Stripe's library, told apart by what they say about the money. */

export type Called<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Stripe said no, and did nothing. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** Nobody answers there: nothing was sent. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string }

export interface StripeAccess {
  readonly secretKey: string
  /** Absent: Stripe itself. */
  readonly server?: { readonly host: string; readonly port: number; readonly protocol: 'http' }
}

const TIMEOUT_MS = 20_000

/** Without repeats of its own: whoever drives a payment repeats, and knows when to stop. */
export const createStripe = ({ secretKey, server }: StripeAccess): Stripe =>
  new Stripe(secretKey, {
    maxNetworkRetries: 0,
    timeout: TIMEOUT_MS,
    telemetry: false,
    ...server,
  })

/** The library knows no abort: what it still answers then is heard by nobody. */
export async function called<T>(call: Promise<T>, signal: AbortSignal): Promise<Called<T>> {
  const gaveUp = new Promise<never>((_, reject) => {
    const end = (): void => reject(new Error('it took too long'))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
  gaveUp.catch(() => {})
  try {
    return { kind: 'done', value: await Promise.race([call, gaveUp]) }
  } catch (error) {
    return failureOf(error)
  }
}

function failureOf(error: unknown): Exclude<Called<never>, { kind: 'done' }> {
  const { errors } = Stripe
  // What these say has a part of the secret key in it.
  if (error instanceof errors.StripeAuthenticationError) {
    return { kind: 'unreachable', detail: 'Stripe does not know this key' }
  }
  if (error instanceof errors.StripePermissionError) {
    return { kind: 'unreachable', detail: 'Stripe does not let this key do that' }
  }
  if (error instanceof errors.StripeConnectionError) {
    return isRefused(error)
      ? { kind: 'unreachable', detail: 'Stripe cannot be reached' }
      : { kind: 'unknown', detail: 'the connection to Stripe broke' }
  }
  if (
    error instanceof errors.StripeInvalidRequestError ||
    error instanceof errors.StripeCardError
  ) {
    return UNSURE.has(error.code ?? '')
      ? { kind: 'unknown', detail: error.message }
      : { kind: 'refused', detail: error.message }
  }
  if (error instanceof errors.StripeError)
    return { kind: 'unknown', detail: `Stripe: ${error.type}` }
  return { kind: 'unknown', detail: error instanceof Error ? error.message : 'unknown' }
}

/** Somebody is at it still, or the reader did not say. */
const UNSURE: ReadonlySet<string> = new Set([
  'idempotency_key_in_use',
  'lock_timeout',
  'rate_limit',
  'terminal_reader_timeout',
])

const REFUSED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
])

function isRefused(error: InstanceType<typeof Stripe.errors.StripeConnectionError>): boolean {
  const cause = error.detail as { readonly code?: unknown } | undefined
  return typeof cause?.code === 'string' && REFUSED.has(cause.code)
}
