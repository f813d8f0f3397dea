import type { Store } from '../../db/sqlite/store.ts'
import type { CardTerminal } from '../../domain/payments.ts'
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
  readonly logger: Logger
}

/** Drives what this device asks its terminal for, until it is stopped. */
export function startPayments({
  store,
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
      nowMs: Date.now,
      random: Math.random,
      logger,
    }),
  )
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
