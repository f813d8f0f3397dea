import type { PaymentProvider } from '../../../main/payments/provider.ts'
import type { Fault, Step } from '../../../main/payments/simulated/terminal.ts'

/** Somebody who takes cards and is none, behind a provider of ours that speaks with him as with the real one. */
export interface StandIn {
  readonly provider: PaymentProvider
  /** By reference: what was charged less what was given back. */
  readonly charged: () => ReadonlyMap<string, number>
  readonly stop: () => Promise<void>
}

export interface StandInOptions {
  readonly faultAt: (step: Step) => Fault
  /** How long a guest takes where it is slow. */
  readonly slowMs: number
  /** How long nobody is served after a power cut. */
  readonly downMs: number
}

export const passing = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms).unref())
