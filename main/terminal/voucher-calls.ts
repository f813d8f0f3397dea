import { mayApprove } from '../../domain/approvals.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { mayCommand } from '../../domain/roles.ts'
import type {
  ScreenCall,
  ScreenRejection,
  ShownVouchers,
  SignedIn,
} from '../../protocol/screens.ts'
import type { Vouchers } from '../vouchers/vouchers.ts'

/** So many of the newest are listed; those with too little on them all are. */
const MAX_LISTED = 100

/** Gift vouchers at a till: what one is worth, what happened to it, and what the store owes. */
export interface VoucherCalls {
  readonly ask: (
    call: Extract<ScreenCall, { type: 'vouchers' }>,
    staff: SignedIn | null,
  ) => Result<ShownVouchers, ScreenRejection>
}

export function createVoucherCalls(
  vouchers: Pick<Vouchers, 'account' | 'all' | 'debt' | 'history' | 'settle'>,
  nowMs: () => number,
): VoucherCalls {
  function one(voucherId: string): Result<ShownVouchers, ScreenRejection> {
    const account = vouchers.account(voucherId)
    if (account === null) return refuse({ code: 'voucher_unknown' })
    return ok({ found: { account, history: vouchers.history(voucherId) }, all: null })
  }

  function all(): ShownVouchers {
    const { openCount, openMinor, overdrawn, overdrawnMinor } = vouchers.debt()
    const newest = vouchers.all().filter(({ balanceMinor }) => balanceMinor >= 0)
    const accounts = [...overdrawn, ...newest.slice(0, MAX_LISTED)]
    return { found: null, all: { openCount, openMinor, overdrawnMinor, accounts } }
  }

  return {
    ask: ({ commandId: id, wish }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      if (!mayCommand(staff.role, 'takePayment')) return refuse({ code: 'not_allowed' })
      if (wish.kind === 'find') return one(wish.voucherId)
      if (!mayApprove(staff.role)) return refuse({ code: 'not_allowed' })
      if (wish.kind === 'list') return ok(all())
      const stamp = { id, at: new Date(nowMs()).toISOString(), actor: `staff:${staff.staffId}` }
      const settled = vouchers.settle(stamp, wish.voucherId, wish.reason)
      return settled.ok ? one(wish.voucherId) : refuse({ code: settled.error })
    },
  }
}
