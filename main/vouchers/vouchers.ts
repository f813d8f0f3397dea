import type { Store } from '../../db/sqlite/store.ts'
import type { Stamped } from '../../domain/commands.ts'
import { derivedId } from '../../domain/ids.ts'
import type { JournalEvent, JournalLine } from '../../domain/journal.ts'
import type { OrderView } from '../../domain/order-view.ts'
import type { Rejection } from '../../domain/rejections.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { voucherHint } from '../../domain/voucher-code.ts'
import {
  readVoucher,
  voucherDebt,
  voucherHistory,
  type VoucherAccount,
  type VoucherDebt,
  type VoucherLine,
} from '../../domain/vouchers.ts'
import { voucherIdOf, type VoucherCodes } from './code.ts'

/** The store's gift vouchers, as far as this device has heard of them. */
export interface Vouchers {
  /** The code is told here and nowhere else, to whoever sells it. */
  readonly sell: (
    stamp: Stamp,
    orderId: string,
    amountMinor: number,
  ) => Result<SoldVoucher, Rejection>
  readonly find: (code: string) => VoucherAccount | null
  readonly account: (voucherId: string) => VoucherAccount | null
  /** What happened to it, the newest first. */
  readonly history: (voucherId: string) => readonly VoucherLine[]
  readonly all: () => readonly VoucherAccount[]
  readonly debt: () => VoucherDebt
  /** The store bears what was spent too much. */
  readonly settle: (
    stamp: Stamp,
    voucherId: string,
    reason: string,
  ) => Result<VoucherAccount, 'voucher_unknown' | 'voucher_not_overdrawn'>
}

type Stamp = Omit<Stamped<never>, 'command'>

export interface SoldVoucher {
  readonly id: string
  readonly code: string
  readonly order: OrderView
}

export function createVouchers(
  store: Pick<Store, 'execute' | 'journal' | 'writeJournal'>,
  codeOf: VoucherCodes,
): Vouchers {
  const { journal } = store
  const accountOf = (id: string): VoucherAccount | null => readVoucher(journal.about(id))

  function all(): VoucherAccount[] {
    const byVoucher = Map.groupBy(journal.everBegun('voucher_issued'), (line) => line.about)
    return [...byVoucher.values()]
      .map((lines: readonly JournalLine[]) => readVoucher(lines))
      .filter((account) => account !== null)
      .toSorted((a, b) => (a.soldAt < b.soldAt ? 1 : -1))
  }

  return {
    sell: (stamp, orderId, amountMinor) => {
      const code = codeOf(stamp.id)
      const voucherId = voucherIdOf(code)
      const hint = voucherHint(code)
      const sold = store.execute({
        ...stamp,
        command: { type: 'sellVoucher', orderId, voucherId, hint, amountMinor },
      })
      return sold.ok ? ok({ id: voucherId, code, order: sold.value }) : sold
    },
    find: (code) => accountOf(voucherIdOf(code)),
    account: accountOf,
    history: (voucherId) =>
      voucherHistory(journal.about(voucherId)).toSorted((a, b) => (a.at < b.at ? 1 : -1)),
    all,
    debt: () => voucherDebt(all()),
    settle: (stamp, voucherId, reason) => {
      const written = store.writeJournal<'voucher_unknown' | 'voucher_not_overdrawn'>(stamp, () => {
        const account = accountOf(voucherId)
        if (account === null) return refuse('voucher_unknown')
        if (account.balanceMinor >= 0) return refuse('voucher_not_overdrawn')
        const value = { amountMinor: -account.balanceMinor, reason }
        const id = derivedId(stamp.id, 0)
        const line: JournalEvent = {
          type: 'journal.written',
          kind: 'voucher_settled',
          id,
          about: voucherId,
          value,
        }
        return ok([line])
      })
      if (!written.ok) return written
      const account = accountOf(voucherId)
      return account === null ? refuse('voucher_unknown') : ok(account)
    },
  }
}
