import { tillRules } from '../../domain/approvals.ts'
import type { ReasonKind } from '../../domain/catalog.ts'
import { useLive } from '../ui/live-store.ts'

/** What happens often enough to deserve a button, until the store says what that is there. */
const USUAL: Readonly<Record<ReasonKind, readonly string[]>> = {
  void: [
    'Guest changed their mind',
    'Rung up by mistake',
    'Sold out',
    'Sent back',
    'Took too long',
  ],
  comp: ['Long wait', 'Complaint', 'Sent back', 'Regular guest', 'On the house'],
  cancel: [
    'Guest left',
    'Guest changed their mind',
    'Rung up by mistake',
    'Duplicate order',
    'Kitchen cannot make it',
    'Test order',
  ],
  discount: ['Regular guest', 'Long wait', 'Complaint', 'Staff meal', 'On the house'],
  refund: ['Paid twice', 'Guest complaint', 'Wrong amount', 'Order cancelled'],
  no_sale: ['Change for a guest', 'Wrong change given', 'Counting', 'Test'],
}

/** Anything else can be typed. */
export function useReasons(kind: ReasonKind): readonly string[] {
  const catalog = useLive((live) => live.catalog)
  const chosen = catalog === null ? undefined : tillRules(catalog).reasons[kind]
  return chosen ?? USUAL[kind]
}
