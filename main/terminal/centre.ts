import { createCustomerKeyTable } from '../../db/sqlite/customer-keys.ts'
import type { LocalSettings } from '../../db/sqlite/local-settings.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { KeyExchange } from '../../domain/customer-keys.ts'
import type { Frontier } from '../../domain/log.ts'
import { isRevoked } from '../../domain/roster.ts'
import type { UpstreamStatus } from '../../protocol/screens.ts'
import { createCentreClient } from '../../sync/centre-client.ts'
import { createCentreFetch } from '../../sync/centre-credential.ts'
import type { DeviceKeys } from '../../sync/device-keys.ts'
import { LOOK_UP_TIMEOUT_MS } from '../../sync/limits.ts'
import type { Membership } from '../../sync/membership.ts'
import { createKeyCarrier } from '../../sync/key-carrier.ts'
import { createUpstream } from '../../sync/upstream.ts'
import type { Logger } from '../logger.ts'
import type { LookUpOlder } from '../older-orders.ts'
import { openWayToTheCentre } from './way-to-the-centre.ts'

/** The centre, as a device has it. */
export interface Centre {
  readonly status: () => UpstreamStatus
  /** What it says to hold; null while it cannot be asked. */
  readonly frontier: () => Frontier | null
  /** Orders that have left this device. */
  readonly lookUp: LookUpOlder
  /** Of the page that a guest follows an order on; null: nobody can say now. */
  readonly linkOf: (orderId: string) => Promise<string | null>
  readonly stop: () => Promise<void>
}

export interface CentreOptions {
  readonly store: Store
  readonly local: LocalSettings
  readonly keys: DeviceKeys
  readonly membership: Pick<Membership, 'onChange'>
  /** Null: this store has none. */
  readonly url: string | null
  /** Keys of customers, and how they are read in the order in which they came. */
  readonly exchange: KeyExchange
  readonly logger: Logger
}

export async function connectCentre(options: CentreOptions): Promise<Centre> {
  const { store, local, keys, membership, url, logger } = options
  if (url === null) return NO_CENTRE
  const { storeId, deviceId } = store
  const ending = new AbortController()
  const shared = {
    url,
    // What a store shows that was never enrolled; a credential goes before it.
    token: local.require('upstream_token'),
    deviceId,
    fetch: createCentreFetch({
      url,
      storeId,
      keys,
      credential: {
        read: () => local.get('central_credential'),
        write: (credential) => local.set('central_credential', credential),
      },
      fetch,
      monotonicNow: () => performance.now(),
      logger,
    }),
    random: Math.random,
    logger,
  }
  const { lookUp, askLink } = createCentreClient({
    ...shared,
    storeId,
    timeoutMs: LOOK_UP_TIMEOUT_MS,
    signal: ending.signal,
  })
  const way = await openWayToTheCentre({
    isRemoved: () => isRevoked(store.catalog(), deviceId),
    membership,
    startUpstream: () =>
      createUpstream({
        ...shared,
        log: store,
        now: Date.now,
        monotonicNow: () => performance.now(),
      }),
    startDownstream: async () => {
      // Electric's client is loaded where there is a centre to read from.
      const { createDownstream } = await import('../../sync/downstream.ts')
      return createDownstream({
        ...shared,
        log: store,
        position: {
          read: () => local.get('shape_position'),
          write: (position) => local.set('shape_position', position),
        },
      })
    },
    startKeys: () =>
      createKeyCarrier({
        exchange: options.exchange,
        after: createCustomerKeyTable(store.connection).after,
        client: createCentreClient({
          ...shared,
          storeId,
          timeoutMs: LOOK_UP_TIMEOUT_MS,
          signal: ending.signal,
        }),
        random: Math.random,
        logger,
      }),
  })
  return {
    status: way.status,
    frontier: way.frontier,
    // Nobody waits for a centre that does not answer anybody.
    lookUp: async (wish) => (way.status().connected ? lookUp(wish) : null),
    linkOf: async (orderId) => {
      if (!way.status().connected) return null
      const answer = await askLink(orderId)
      return answer.ok ? answer.value.url : null
    },
    stop: async () => {
      ending.abort()
      await way.stop()
    },
  }
}

const NO_CENTRE: Centre = {
  status: () => ({
    configured: false,
    connected: false,
    backlog: null,
    waitingSinceMs: null,
    lastContactMs: null,
    lastError: null,
  }),
  frontier: () => null,
  lookUp: async () => null,
  linkOf: async () => null,
  stop: () => Promise.resolve(),
}
