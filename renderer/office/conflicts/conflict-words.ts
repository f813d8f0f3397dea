import type { RestConflict } from '../../../protocol/rest/conflict.ts'
import type { Money } from '../../../protocol/rest/values.ts'

type Write = (amount: Money) => string

export function titleOf(
  { kind, amount }: Pick<RestConflict, 'kind' | 'amount'>,
  write: Write,
): string {
  switch (kind) {
    case 'overpaid':
      return `Paid ${write(amount)} too much`
    case 'handed_over_after_cancel':
      return 'Cancelled, and handed over all the same'
    case 'cooked_after_cancel':
      return `Cancelled, and cooked all the same · ${write(amount)}`
    case 'moved_after_cancel':
      return `Cancelled while items were moved to it · ${write(amount)}`
    case 'paid_after_cancel':
      return `Cancelled, and ${write(amount)} of the guest’s money is here`
  }
}

export function sideWords(side: RestConflict['sides'][number], write: Write): string {
  const item = side.item_name ?? 'an item'
  switch (side.what) {
    case 'cancelled':
      return 'cancelled it'
    case 'completed':
      return 'handed it over'
    case 'moved':
      return `moved ${item} to it`
    case 'paid':
      return side.amount === null ? 'took a payment' : `took ${write(side.amount)}`
    case 'preparing':
      return `started ${item}`
    case 'ready':
      return `finished ${item}`
  }
}
