import { Button as AriaButton } from 'react-aria-components'
import { useActions } from '../actions-context.ts'
import { useCurrentOrder } from '../current-order.ts'
import { clearQuantity, openSheet, setQuantity, useTill } from '../store.ts'
import { quantityOf, typeDigit } from './quantity.ts'
import styles from './QuickBar.module.css'
import { lastLine } from './repeat.ts'
import { say } from '../../words/say.ts'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0']

/** Above the items: finding one, the last one again, and how many of the next one. */
export function QuickBar() {
  return (
    <div className={styles['bar']}>
      <AriaButton
        className={styles['key'] ?? ''}
        onPress={() => openSheet({ kind: 'find', query: '', unknownCode: null })}
      >
        {say('lines.search')}
      </AriaButton>
      <RepeatButton />
      <QuantityKeys />
    </div>
  )
}

function RepeatButton() {
  const { repeatLast } = useActions()
  const line = lastLine(useCurrentOrder())
  return (
    <AriaButton
      className={styles['key'] ?? ''}
      isDisabled={line === null}
      aria-label={
        line === null ? say('lines.repeat') : say('lines.repeatItem', { name: line.name })
      }
      onPress={repeatLast}
    >
      {say('lines.repeat')}
    </AriaButton>
  )
}

function QuantityKeys() {
  const typed = useTill((till) => till.quantityTyped)
  const count = quantityOf(typed)
  return (
    <div className={styles['quantity']} role="group" aria-label={say('lines.quantity')}>
      {DIGITS.map((digit) => (
        <AriaButton
          key={digit}
          className={styles['digit'] ?? ''}
          onPress={() => setQuantity(typeDigit(typed, digit))}
        >
          {digit}
        </AriaButton>
      ))}
      <AriaButton
        className={styles['typed'] ?? ''}
        isDisabled={typed === ''}
        aria-label={say('lines.clearQuantity')}
        onPress={clearQuantity}
      >
        <span aria-hidden="true">{typed === '' ? '× 1' : `× ${count} ⌫`}</span>
      </AriaButton>
      <span role="status" className={styles['spoken']}>
        {typed === '' ? '' : say('lines.ofNext', { n: count })}
      </span>
    </div>
  )
}
