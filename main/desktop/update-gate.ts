import { z } from 'zod'

/**
 * Whether an update may be installed now. A till is never updated in the middle of a shift, and
 * never by itself to a version that the store's other devices could not speak with.
 */
export type GateAnswer =
  | { readonly kind: 'install' }
  | { readonly kind: 'wait'; readonly reason: string }
  /** Only when somebody says so, on all devices one after the other. */
  | { readonly kind: 'askFirst'; readonly reason: string }

export interface GateQuestion {
  /** Peer protocols that the update speaks, as its metadata say; null: they say nothing. */
  readonly updateSpeaks: readonly number[] | null
  /** Those that this program speaks: any of them may be all that another device of the store does. */
  readonly ourProtocols: readonly number[]
  readonly otherDevices: number
  readonly openOrders: number
  readonly isDrawerOpen: boolean
  /** Since something last changed in the store, as far as this device has heard. */
  readonly idleMs: number
  /** Minutes after midnight, in the store's own time. */
  readonly minuteOfDay: number
  /** Null: not known. The idle time alone decides then. `from` after `to`: past midnight. */
  readonly openingHours: { readonly from: number; readonly to: number } | null
  /** Null: the shell has not yet heard from the terminal. */
  readonly isKnown: boolean
}

/** Whoever has sold nothing for so long has no shift running. */
export const IDLE_FOR_MS = 60 * 60_000

export function mayInstall(question: GateQuestion): GateAnswer {
  if (!question.isKnown) return wait('the state of the store is not known yet')
  if (question.openOrders > 0) return wait('orders are open')
  if (question.isDrawerOpen) return wait('a drawer is open')
  if (isOpenNow(question)) return wait('the store is open')
  if (question.idleMs < IDLE_FOR_MS) return wait('the store was in use a moment ago')
  const { updateSpeaks, ourProtocols, otherDevices } = question
  if (updateSpeaks === null)
    return { kind: 'askFirst', reason: 'the update does not say which peer protocol it speaks' }
  return otherDevices === 0 || ourProtocols.every((each) => updateSpeaks.includes(each))
    ? { kind: 'install' }
    : { kind: 'askFirst', reason: 'the other devices of the store could not speak with it' }
}

const wait = (reason: string): GateAnswer => ({ kind: 'wait', reason })

function isOpenNow({ openingHours, minuteOfDay }: GateQuestion): boolean {
  if (openingHours === null) return false
  const { from, to } = openingHours
  return from <= to
    ? from <= minuteOfDay && minuteOfDay < to
    : from <= minuteOfDay || minuteOfDay < to
}

const updateSchema = z.object({ peerProtocols: z.array(z.int().min(1)).min(1).max(100) })

/** From an update's metadata (`latest.yml`), where `stamp-update` wrote it. */
export function protocolsOf(update: unknown): readonly number[] | null {
  const parsed = updateSchema.safeParse(update)
  return parsed.success ? parsed.data.peerProtocols : null
}

/** `07:00-23:30`; null where it is not said so. */
export function readOpeningHours(text: string): { from: number; to: number } | null {
  const [, h1, m1, h2, m2] =
    /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  if (h1 === undefined) return null
  return { from: Number(h1) * 60 + Number(m1), to: Number(h2) * 60 + Number(m2) }
}
