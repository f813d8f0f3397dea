import type { ShownOrder } from '../../../domain/order-view.ts'
import { checksOf, type Check } from '../../../domain/split.ts'
import { useActions } from '../actions-context.ts'
import { Checks } from './Checks.tsx'
import { SplitWays } from './SplitWays.tsx'

interface SplitFormProps {
  readonly order: ShownOrder
  /** A check is to be paid now. */
  readonly onPay: (check: Check) => void
}

/** Who pays what: first the way to share the bill, then the checks, each with what is left of it. */
export function SplitForm({ order, onPay }: SplitFormProps) {
  const { splitOrder } = useActions()
  const checks = checksOf(order)
  if (order.split !== null && checks.length > 0) {
    return <Checks order={order} split={order.split} checks={checks} onPay={onPay} />
  }
  return (
    <SplitWays
      order={order}
      onSplit={async (split) => {
        const after = await splitOrder(split)
        const first = after === null ? undefined : checksOf(after).find(isDue)
        // Who takes what he had, or a sum, is standing there with the money.
        if (first !== undefined && split.kind !== 'seats') onPay(first)
      }}
    />
  )
}

const isDue = ({ dueMinor }: Check): boolean => dueMinor > 0
