import type { Catalog, RecordValue, Role } from './catalog.ts'
import type { LineRequest, OrderCommand, OrderCommandType } from './commands.ts'
import type { OrderView } from './order-view.ts'

/**
 * What a cashier does with a manager's word alone (rule A3): the manager types a PIN on the same
 * screen, and the entry says who approved it beside who did it.
 */
export interface Approval {
  /** A member of staff. */
  readonly by: string
  /** ISO 8601 UTC. */
  readonly at: string
}

/** Total by type where it is asked: how often a command of a cashier takes one. */
export const APPROVED_COMMANDS = {
  createOrder: 'sometimes',
  addLines: 'sometimes',
  changeLine: 'sometimes',
  voidLine: 'sometimes',
  compLine: 'sometimes',
  changeDetails: 'sometimes',
  cancelOrder: 'sometimes',
  setDiscount: 'sometimes',
  setServiceCharge: 'always',
  refundPayment: 'always',
} as const satisfies Partial<Record<OrderCommandType, 'sometimes' | 'always'>>

/** What can be approved: those, and opening the drawer without a sale. */
export const APPROVABLE = [
  ...(Object.keys(APPROVED_COMMANDS) as (keyof typeof APPROVED_COMMANDS)[]),
  'openDrawer',
] as const
export type Approvable = (typeof APPROVABLE)[number]

export type TillRules = RecordValue<'till_rules'>

/** The one record of kind `till_rules` has this id. */
export const TILL_RULES_ID = 'till'

/** Until the store says otherwise every discount takes a manager, and no reasons are offered. */
export const NO_RULES: TillRules = { discountLimitPpm: 0, reasons: {} }

export const tillRules = (catalog: Pick<Catalog, 'till_rules'>): TillRules =>
  catalog.till_rules.get(TILL_RULES_ID) ?? NO_RULES

/** Managers and admins approve; whoever may act alone needs nobody. */
export const mayApprove = (role: Role): boolean => role === 'manager' || role === 'admin'
export const actsWithApproval = (role: Role): boolean => role === 'cashier'

/** Open items that cost more than a cashier may type alone; absent: each does. */
const isOverOpenLimit = (
  lines: readonly LineRequest[],
  { openItemLimitMinor: limit = -1 }: TillRules,
): boolean =>
  lines.some(({ open, quantity }) => open !== undefined && open.priceMinor * quantity > limit)

/** Whether a cashier needs a manager for this, on the order as it is; null: it is a new one. */
export function needsApproval(
  command: OrderCommand,
  order: OrderView | null,
  catalog: Pick<Catalog, 'till_rules' | 'menu_item'>,
): boolean {
  const rules = tillRules(catalog)
  if (command.type === 'createOrder') return isOverOpenLimit(command.lines, rules)
  if (order === null) return false
  switch (command.type) {
    case 'addLines':
      return isOverOpenLimit(command.lines, rules)
    case 'changeLine': {
      const line = order.lines.find(({ id }) => id === command.lineId)
      if (line === undefined || catalog.menu_item.get(line.itemId)?.open === undefined) return false
      const { quantity = 0 } = command
      const limit = rules.openItemLimitMinor ?? -1
      return quantity > line.quantity && quantity * line.unitPriceMinor > limit
    }
    case 'compLine':
      return command.reason !== null
    case 'setServiceCharge':
      return true
    case 'voidLine':
      return order.lines.some(({ id, fired }) => id === command.lineId && fired)
    case 'cancelOrder':
      // It voids whatever the kitchen has of it.
      return order.lines.some((line) => line.fired && !line.voided && line.movedTo === null)
    case 'setDiscount': {
      const { discount } = command
      if (discount === null) return false
      if (discount.kind === 'percent') return discount.ratePpm > rules.discountLimitPpm
      const limit = BigInt(rules.discountLimitPpm) * BigInt(order.totals.subtotalMinor)
      return BigInt(discount.amountMinor) * 1_000_000n > limit
    }
    case 'changeDetails':
      return command.overbook === true
    case 'refundPayment':
      return true
    default:
      return false
  }
}
