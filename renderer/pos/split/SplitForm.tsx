import { useLayoutEffect, useState } from 'react'
import type { ShownOrder } from '../../../domain/order-view.ts'
import { checksOf, type Check } from '../../../domain/split.ts'
import type { Split } from '../../../domain/split-schema.ts'
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
  const [isPaidAtOnce, setPaidAtOnce] = useState(false)
  const { split } = order
  const checks = checksOf(order)
  const first = split !== null && isPaidAtOnce ? checks.find(isDue) : undefined
  // As soon as the order is split, and not at the answer: by then somebody may have chosen a card.
  useLayoutEffect(() => {
    if (first !== undefined) onPay(first)
  }, [first, onPay])
  if (split !== null && checks.length > 0) {
    return <Checks order={order} split={split} checks={checks} onPay={onPay} />
  }
  const share = async (wanted: Split) => {
    // Who takes what he had, or a sum, is standing there with the money.
    setPaidAtOnce(wanted.kind !== 'seats')
    if ((await splitOrder(wanted)) === null) setPaidAtOnce(false)
  }
  return <SplitWays order={order} onSplit={share} />
}

const isDue = ({ dueMinor }: Check): boolean => dueMinor > 0
