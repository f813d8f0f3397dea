import type { UpstreamStatus } from '../../protocol/screens.ts'
import type { Downstream } from '../../sync/downstream.ts'
import type { KeyCarrier } from '../../sync/key-carrier.ts'
import type { Membership } from '../../sync/membership.ts'
import type { Upstream } from '../../sync/upstream.ts'

/**
 * The ways to the centre and back, for as long as this device belongs to the store. One that learns
 * of its removal goes neither any more: what it wrote before has gone up by way of the others, or
 * waits on it for a person to look at.
 */
export interface CentreDeps {
  readonly isRemoved: () => boolean
  readonly membership: Pick<Membership, 'onChange'>
  readonly startUpstream: () => Upstream
  readonly startDownstream: () => Promise<Pick<Downstream, 'stop'>>
  /** Keys of customers, which go both ways beside the log. */
  readonly startKeys: () => KeyCarrier
}

export async function openWayToTheCentre(deps: CentreDeps): Promise<Upstream> {
  const { isRemoved, membership } = deps
  let upstream: Upstream | null = isRemoved() ? null : deps.startUpstream()
  const downstream = isRemoved() ? null : await deps.startDownstream()
  const keys = isRemoved() ? null : deps.startKeys()
  let ending: Promise<unknown> | null = null

  function end(): Promise<unknown> {
    ending ??= Promise.all([upstream?.stop(), downstream?.stop(), keys?.stop()])
    upstream = null
    return ending
  }

  function endIfRemoved(): void {
    if (isRemoved()) void end()
  }

  const unsubscribe = membership.onChange(endIfRemoved)
  // The removal may have come while the way down was being opened.
  endIfRemoved()
  return {
    status: () => upstream?.status() ?? REMOVED,
    frontier: () => upstream?.frontier() ?? null,
    async stop() {
      unsubscribe()
      await end()
    },
  }
}

const REMOVED: UpstreamStatus = {
  configured: true,
  connected: false,
  backlog: null,
  waitingSinceMs: null,
  lastContactMs: null,
  lastError: 'this device was removed from the store',
}
