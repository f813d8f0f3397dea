import { modifierText } from '../ui/modifier-text.ts'
import { isLive, type ShownOrder } from '../../domain/order-view.ts'

/**
 * What a till tells the display that its guest looks at: from one page of the device to the other, by
 * a channel that no other device and no other site hears. Nothing of who the guest is goes that way.
 *
 *     till ── ShownOrder's lines and sums, whenever they change ──▶ display
 *     till ◀── "what is there?" ── display, when it opens
 */
export const DISPLAY_CHANNEL = 'aura-customer-display'

export interface DisplayedOrder {
  readonly number: string
  readonly currency: string
  readonly lines: readonly DisplayedLine[]
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly serviceChargeMinor: number
  readonly taxAddedMinor: number
  readonly tipMinor: number
  readonly totalMinor: number
  readonly paidMinor: number
  readonly dueMinor: number
}

export interface DisplayedLine {
  readonly id: string
  readonly name: string
  readonly quantity: number
  readonly modifiers: readonly string[]
  readonly totalMinor: number
}

export type DisplayMessage =
  | { readonly type: 'asked' }
  | { readonly type: 'shown'; readonly storeName: string; readonly order: DisplayedOrder | null }

export function displayed(order: ShownOrder): DisplayedOrder {
  const { totals } = order
  return {
    number: order.number,
    currency: order.currency,
    lines: order.lines.filter(isLive).map(({ id, name, quantity, modifiers, totalMinor }) => ({
      id,
      name,
      quantity,
      modifiers: modifiers.map(modifierText),
      totalMinor,
    })),
    subtotalMinor: totals.subtotalMinor,
    discountMinor: totals.discountMinor,
    serviceChargeMinor: totals.serviceChargeMinor,
    taxAddedMinor: totals.taxAddedMinor,
    tipMinor: totals.tipMinor,
    totalMinor: totals.totalMinor,
    paidMinor: totals.paidMinor,
    dueMinor: totals.dueMinor,
  }
}

export const isPaid = ({ paidMinor, dueMinor }: DisplayedOrder): boolean =>
  paidMinor > 0 && dueMinor <= 0
