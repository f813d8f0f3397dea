import type { Store } from '../../db/sqlite/store.ts'
import type { CardTerminal } from '../../domain/payments.ts'
import { assert } from '../../domain/result.ts'
import { parseAddress } from '../../sync/address.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../logger.ts'
import { createPaymentDriver } from './driver.ts'
import { findOpenIntents } from './open-intents.ts'
import type { PaymentProvider } from './provider.ts'
import { createSimulatedProvider } from './simulated/provider.ts'

type PaymentsConfig = Config['payments']

/** How the log will name the terminal; null: this device takes no cards. */
export const cardTerminalOf = ({
  card_terminal: terminal,
}: PaymentsConfig): Omit<CardTerminal, 'deviceId'> | null =>
  terminal && { provider: terminal.provider, terminalId: terminal.address }

export interface PaymentsDeps {
  readonly store: Store
  readonly config: PaymentsConfig
  readonly logger: Logger
}

/** Drives what this device asks its terminal for, until it is stopped. */
export function startPayments({ store, config, logger }: PaymentsDeps): {
  readonly stop: () => void
} {
  const provider = providerOf(config)
  if (provider === null) {
    leaveToManager(store)
    return { stop: () => {} }
  }
  return createPaymentDriver({
    store,
    provider,
    offlineLimitMinor: config.offline_limit,
    nowMs: Date.now,
    random: Math.random,
    logger,
  })
}

function providerOf({ card_terminal: terminal }: PaymentsConfig): PaymentProvider | null {
  if (terminal === null) return null
  const address = parseAddress(terminal.address)
  assert(address, 'the configuration was checked')
  return createSimulatedProvider(address)
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
