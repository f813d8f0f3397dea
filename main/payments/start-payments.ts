import type { Store } from '../../db/sqlite/store.ts'
import type { CardTerminal } from '../../domain/payments.ts'
import { isOnRoster } from '../../domain/roster.ts'
import type { PeerStatus } from '../../protocol/screens.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../logger.ts'
import { createPaymentDriver } from './driver.ts'
import { findOpenIntents } from './open-intents.ts'
import { makeProvider, terminalNamed } from './make-provider.ts'

type PaymentsConfig = Config['payments']

/** How the log will name the terminal; null: this device takes no cards. */
export const cardTerminalOf = ({
  card_terminal: terminal,
}: PaymentsConfig): Omit<CardTerminal, 'deviceId'> | null => terminal && terminalNamed(terminal)

export interface PaymentsDeps {
  readonly store: Store
  readonly config: PaymentsConfig
  /** How this device stands with the others. */
  readonly peers: () => readonly PeerStatus[]
  readonly logger: Logger
}

/** Drives what this device asks its terminal for, until it is stopped. */
export function startPayments({
  store,
  peers,
  config: { card_terminal: terminal, offline_limit: offlineLimitMinor },
  logger,
}: PaymentsDeps): Result<{ readonly stop: () => void }, string> {
  if (terminal === null) {
    leaveToManager(store)
    return ok({ stop: () => {} })
  }
  const provider = makeProvider(terminal, store.deviceId, process.env)
  if (!provider.ok) return provider
  return ok(
    createPaymentDriver({
      store,
      provider: provider.value,
      offlineLimitMinor,
      tills: () => tillsOf(store, peers()),
      nowMs: Date.now,
      random: Math.random,
      logger,
    }),
  )
}

/** Who lacks nothing of another till knows what that one took. */
export function tillsOf(
  store: Pick<Store, 'catalog' | 'deviceId'>,
  peers: readonly PeerStatus[],
): { readonly tills: number; readonly hearsAll: boolean } {
  const catalog = store.catalog()
  const ids = [...catalog.device]
    .filter(([id, { role }]) => role === 'terminal' && isOnRoster(catalog, id))
    .map(([id]) => id)
  const heard = new Set(
    peers.filter(({ connected, weLack }) => connected && weLack === 0).map((one) => one.deviceId),
  )
  return {
    tills: ids.length,
    hearsAll: ids.every((id) => id === store.deviceId || heard.has(id)),
  }
}

/** The terminal was taken away: what it was asked for, nobody here can find out. */
function leaveToManager(store: Store): void {
  for (const { orderId, intentId } of findOpenIntents(store.connection, store.deviceId)) {
    const detail = 'This device has no card terminal any more.'
    store.execute({
      id: `${intentId}:unclear`,
      at: new Date().toISOString(),
      actor: `device:${store.deviceId}`,
      command: { type: 'recordOutcome', orderId, intentId, outcome: { kind: 'unclear', detail } },
    })
  }
}
