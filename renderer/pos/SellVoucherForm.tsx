import { useState } from 'react'
import type { ShownOrder } from '../../domain/order-view.ts'
import { Button } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { Keypad, type Key } from '../ui/Keypad.tsx'
import { say } from '../words/say.ts'
import { digitsToMinor, typeKey } from './cash.ts'
import styles from './PaySheet.module.css'
import { useTill } from './store.ts'

interface SellVoucherFormProps {
  readonly order: ShownOrder
  /** Answers with the code, which nobody can look up again; null: it was refused. */
  readonly onSell: (amountMinor: number) => Promise<string | null>
}

/** Puts a gift voucher on the bill. Its code is shown here once. */
export function SellVoucherForm({ order, onSell }: SellVoucherFormProps) {
  const isBusy = useTill((till) => till.isBusy)
  const [digits, setDigits] = useState('')
  const [sold, setSold] = useState<{ code: string; amountMinor: number } | null>(null)
  const money = (minor: number) => formatMoney(minor, order.currency)
  const amountMinor = digitsToMinor(digits)
  const sell = async () => {
    const code = await onSell(amountMinor)
    if (code === null) return
    setSold({ code, amountMinor })
    setDigits('')
  }
  return (
    <div className={styles['cash']}>
      <section className={styles['left']} aria-label={say('pay.gift_voucher')}>
        <p className={styles['due']}>
          <span>{say('pay.worth')}</span>
          <strong>{money(amountMinor)}</strong>
        </p>
        {sold !== null && (
          <div className={styles['code']} role="status">
            <span>{say('pay.writeOn', { amount: money(sold.amountMinor) })}</span>
            <strong>{sold.code}</strong>
            <span>{say('pay.shownOnce')}</span>
          </div>
        )}
      </section>
      <section className={styles['right']} aria-label={say('pay.keypadEntry')}>
        <Keypad
          label={say('common.amount')}
          hasDoubleZero
          isDisabled={isBusy}
          onKey={(key: Key) => setDigits(typeKey(digits, key))}
        />
        <Button
          kind="money"
          isLarge
          isDisabled={isBusy || amountMinor <= 0}
          onPress={() => void sell()}
        >
          {say('pay.addVoucher')}
        </Button>
      </section>
    </div>
  )
}
