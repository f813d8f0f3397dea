import { tillRules } from '../../domain/approvals.ts'
import type { ReasonKind } from '../../domain/catalog.ts'
import { useLive } from '../ui/live-store.ts'
import { say } from '../words/say.ts'

/** What happens often enough to deserve a button, until the store says what that is there. */
const USUAL = {
  void: ['changedMind', 'mistake', 'soldOut', 'sentBack', 'tooLong'],
  comp: ['longWait', 'complaint', 'sentBack', 'regular', 'onTheHouse'],
  cancel: ['guestLeft', 'changedMind', 'mistake', 'duplicate', 'cannotMake', 'testOrder'],
  discount: ['regular', 'longWait', 'complaint', 'staffMeal', 'onTheHouse'],
  refund: ['paidTwice', 'guestComplaint', 'wrongAmount', 'orderCancelled'],
  no_sale: ['change', 'wrongChange', 'counting', 'test'],
} as const satisfies Record<ReasonKind, readonly string[]>

/** Anything else can be typed. */
export function useReasons(kind: ReasonKind): readonly string[] {
  const catalog = useLive((live) => live.catalog)
  const chosen = catalog === null ? undefined : tillRules(catalog).reasons[kind]
  return chosen ?? USUAL[kind].map((usual) => say(`reason.${usual}`))
}
