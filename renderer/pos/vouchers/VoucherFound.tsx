import { useState } from 'react'
import type { ShownVouchers } from '../../../protocol/screens.ts'
import { Button } from '../../ui/Button.tsx'
import { formatDay, formatMoney, formatTime } from '../../ui/format.ts'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import styles from './VouchersSheet.module.css'

type VoucherFoundProps = NonNullable<ShownVouchers['found']> & {
  /** Absent: whoever looks may not. */
  readonly onSettle?: (reason: string) => void
}

/** One voucher: what is on it, and line by line how it came to that. */
export function VoucherFound({ account, history, onSettle }: VoucherFoundProps) {
  const [reason, setReason] = useState('')
  const money = (minor: number) => formatMoney(minor, account.currency)
  return (
    <section className={styles['found']} aria-label={say('pay.gift_voucher')}>
      <p className={styles['balance']} data-bad={account.balanceMinor < 0}>
        <span>
          {say('pay.balance')} · {say('pay.endsIn', { hint: account.hint })}
        </span>
        <strong>{money(account.balanceMinor)}</strong>
      </p>
      <ul className={styles['history']} aria-label={say('pay.voucherHistory')}>
        {history.map(({ id, at, kind, changeMinor }) => (
          <li key={id}>
            <span className={styles['at']}>
              {formatDay(Date.parse(at))} {formatTime(Date.parse(at))}
            </span>
            <span>{say(`pay.did_${kind}`)}</span>
            <strong>{money(changeMinor)}</strong>
          </li>
        ))}
      </ul>
      {account.balanceMinor < 0 && onSettle !== undefined && (
        <div className={styles['asking']}>
          <TextInput
            label={say('common.reasonWords')}
            value={reason}
            onChange={setReason}
            maxLength={200}
          />
          <Button
            kind="danger"
            isDisabled={reason.trim() === ''}
            onPress={() => onSettle(reason.trim())}
          >
            {say('pay.bear')}
          </Button>
        </div>
      )}
    </section>
  )
}
