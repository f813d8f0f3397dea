import { useEffect, useEffectEvent, useState } from 'react'
import { mayApprove } from '../../../domain/approvals.ts'
import type { VoucherAccount } from '../../../domain/vouchers.ts'
import type { ShownVouchers, SignedIn } from '../../../protocol/screens.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { formatDay, formatMoney } from '../../ui/format.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { closeSheet } from '../store.ts'
import { voucherIdOf } from '../vouchers.ts'
import { VoucherFound } from './VoucherFound.tsx'
import styles from './VouchersSheet.module.css'

const MAX_CODE = 60

/** What a gift voucher is worth and what happened to it; for managers, what the store owes. */
export function VouchersSheet({ staff }: { readonly staff: SignedIn }) {
  const { vouchers } = useActions()
  const isManager = mayApprove(staff.role)
  const [code, setCode] = useState('')
  const [found, setFound] = useState<ShownVouchers['found']>(null)
  const [all, setAll] = useState<ShownVouchers['all']>(null)
  const list = useEffectEvent(() => {
    if (isManager) void vouchers({ kind: 'list' }).then((shown) => setAll(shown?.all ?? null))
  })
  useEffect(() => list(), [])

  const find = (voucherId: string) =>
    void vouchers({ kind: 'find', voucherId }).then((shown) => setFound(shown?.found ?? null))
  const settle = async (voucherId: string, reason: string) => {
    const settled = await vouchers({ kind: 'settle', voucherId, reason })
    if (settled === null) return
    setFound(settled.found)
    const listed = await vouchers({ kind: 'list' })
    setAll(listed?.all ?? null)
  }
  const lookUp = () => {
    if (code.trim() === '') return
    void voucherIdOf(code).then(find)
    setCode('')
  }
  return (
    <Sheet title={say('pay.vouchers')} about={say('pay.vouchersAbout')} onClose={closeSheet}>
      <div className={styles['vouchers']} data-two={isManager}>
        <div className={styles['left']}>
          <div className={styles['asking']}>
            <TextInput
              label={say('pay.asks_gift_voucher')}
              value={code}
              onChange={setCode}
              onEnter={lookUp}
              maxLength={MAX_CODE}
              takesFocus
            />
            <Button kind="accent" isDisabled={code.trim() === ''} onPress={lookUp}>
              {say('pay.lookUp')}
            </Button>
          </div>
          {found !== null && (
            <VoucherFound
              key={found.account.id}
              {...found}
              {...(isManager && {
                onSettle: (reason: string) => void settle(found.account.id, reason),
              })}
            />
          )}
        </div>
        {all !== null && (
          <AllVouchers all={all} chosenId={found?.account.id ?? null} onChoose={find} />
        )}
      </div>
    </Sheet>
  )
}

interface AllVouchersProps {
  readonly all: NonNullable<ShownVouchers['all']>
  readonly chosenId: string | null
  readonly onChoose: (voucherId: string) => void
}

/** What is owed, and the vouchers themselves: first those with too little on them, then the newest. */
function AllVouchers({ all, chosenId, onChoose }: AllVouchersProps) {
  const { accounts, openCount, openMinor, overdrawnMinor } = all
  const [first] = accounts
  if (first === undefined) return <p className={styles['none']}>{say('pay.noVouchers')}</p>
  const money = (minor: number) => formatMoney(minor, first.currency)
  return (
    <section className={styles['all']} aria-label={say('pay.newestVouchers')}>
      <p className={styles['sum']}>
        <span>{say('pay.owed', { count: openCount })}</span>
        <strong>{money(openMinor)}</strong>
      </p>
      {overdrawnMinor > 0 && (
        <p className={styles['sum']} data-bad="true">
          <span>{say('pay.overdrawn')}</span>
          <strong>{money(overdrawnMinor)}</strong>
        </p>
      )}
      <div className={styles['rows']} role="group" aria-label={say('pay.newestVouchers')}>
        {accounts.map((account) => (
          <Toggle
            key={account.id}
            className={styles['row']}
            isSelected={account.id === chosenId}
            onChange={() => onChoose(account.id)}
          >
            <VoucherRow account={account} />
          </Toggle>
        ))}
      </div>
    </section>
  )
}

const VoucherRow = ({ account }: { readonly account: VoucherAccount }) => (
  <>
    <span className={styles['hint']}>
      <bdi>…{account.hint}</bdi>
      <small>{formatDay(Date.parse(account.soldAt))}</small>
    </span>
    <strong data-bad={account.balanceMinor < 0}>
      {formatMoney(account.balanceMinor, account.currency)}
    </strong>
  </>
)
