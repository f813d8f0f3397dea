import type { OrderSearch } from '../../domain/order-filter.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { Tokens } from '../../db/sqlite/tokens.ts'
import type { Alerts } from '../alerts/alerts.ts'
import type { Approvals } from '../approvals.ts'
import type { Pins } from '../pin.ts'
import type { SignIn } from '../terminal/sign-in.ts'
import type { Logger } from '../logger.ts'
import type { ErasureReach } from '../personal-data/erasure-reach.ts'
import type { Guests } from '../personal-data/guests.ts'
import type { KeyRing } from '../personal-data/key-ring.ts'
import type { OlderOrders } from '../older-orders.ts'
import type { SenderDeps } from '../webhooks/sender.ts'
import type { Printing } from '../printing/printing.ts'

export interface Health {
  /** False: this process should be restarted. */
  readonly ok: boolean
  /** What does not work as it should, in stable words. */
  readonly degraded: readonly string[]
  readonly [more: string]: unknown
}

export interface ApiDeps {
  readonly store: Store
  readonly tokens: Tokens
  readonly guests: Guests
  readonly searchOrders: (text: string) => OrderSearch
  readonly ring: Pick<KeyRing, 'replacing'>
  readonly nowMs: () => number
  readonly newId: () => string
  readonly health: () => Health
  /** The page of `/metrics`. */
  readonly metrics: () => Promise<string>
  /** Where orders are that have left this device. Absent: none ever does. */
  readonly older?: OlderOrders
  /** Who has obeyed an erasure. Absent: this device has no neighbours. */
  readonly erasedOn?: (customerId: string) => readonly ErasureReach[]
  /** So long nobody touches a pending order that is flagged. Absent: none ever is. */
  readonly orderTimeoutMs?: number
  readonly printing: Printing
  readonly alerts: Alerts
  /** The device's own, PEM: what it keeps for itself is sealed with a key that follows from it. */
  readonly privateKey: string
  /** Requests of one token in a minute. Absent: as many as it likes. */
  readonly requestsPerMinute?: number
  /** How an event reaches a webhook. Absent: over a socket. */
  readonly postWebhook?: SenderDeps['post']
  /** Hosts of private networks that may be told of events. Absent: none. */
  readonly webhookPrivateHosts?: readonly string[]
  readonly pins: Pick<Pins, 'hash'>
  readonly signIn: Pick<SignIn, 'tryManager'>
  readonly approvals: Approvals
  readonly logger: Logger
  /** Serve in TLS, with this certificate. Absent: plain HTTP, for this computer alone. */
  readonly https?: { readonly key: string; readonly cert: string }
}
