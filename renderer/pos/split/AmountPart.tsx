import { useState } from 'react'
import type { ShownOrder } from '../../../domain/order-view.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoney } from '../../ui/format.ts'
import { Keypad } from '../../ui/Keypad.tsx'
import { say } from '../../words/say.ts'
import { digitsToMinor, typeKey } from '../cash.ts'
import { useTill } from '../store.ts'
import styles from './SplitForm.module.css'

interface AmountPartProps {
  readonly order: ShownOrder
  /** No check is larger than this. */
  readonly dueMinor: number
  readonly onAmount: (amountMinor: number) => void
}

/** Somebody pays so much of it, whatever he had. */
export function AmountPart({ order, dueMinor, onAmount }: AmountPartProps) {
  const isBusy = useTill((till) => till.isBusy)
  const [isTyping, setTyping] = useState(false)
  const [digits, setDigits] = useState('')
  const amountMinor = digitsToMinor(digits)
  if (!isTyping) {
    return (
      <Button isLarge onPress={() => setTyping(true)}>
        {say('floor.byAmount')}
      </Button>
    )
  }
  return (
    <div className={styles['amount']} role="group" aria-label={say('floor.byAmount')}>
      <p className={styles['typed']}>{formatMoney(amountMinor, order.currency)}</p>
      <Keypad
        label={say('floor.byAmount')}
        hasDoubleZero
        onKey={(key) => setDigits(typeKey(digits, key))}
      />
      <Button
        kind="accent"
        isLarge
        isDisabled={isBusy || amountMinor === 0 || amountMinor >= dueMinor}
        onPress={() => {
          setTyping(false)
          setDigits('')
          onAmount(amountMinor)
        }}
      >
        {say('floor.addCheck')}
      </Button>
    </div>
  )
}
