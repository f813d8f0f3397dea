import { say } from '../words/say.ts'
import { Button } from './Button.tsx'
import styles from './Keypad.module.css'

export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | 'back'

interface KeypadProps {
  readonly label: string
  /** The key at the bottom left: two noughts for money, nothing for a PIN. */
  readonly hasDoubleZero: boolean
  readonly isDisabled?: boolean
  readonly onKey: (key: Key) => void
}

const DIGITS = ['7', '8', '9', '4', '5', '6', '1', '2', '3'] as const

/** Digits as on a calculator, which is what hands at tills know. */
export function Keypad({ label, hasDoubleZero, isDisabled = false, onKey }: KeypadProps) {
  const key = (value: Key, text: string, name?: string) => (
    <Button
      key={value}
      className={styles['key']}
      isDisabled={isDisabled}
      onPress={() => onKey(value)}
      label={name}
    >
      {text}
    </Button>
  )
  return (
    <div role="group" aria-label={label} dir="ltr" className={styles['pad']}>
      {DIGITS.map((digit) => key(digit, digit))}
      {hasDoubleZero ? key('00', '00') : <span />}
      {key('0', '0')}
      {key('back', '⌫', say('common.deleteLastDigit'))}
    </div>
  )
}

/** The key that a keyboard stroke stands for; null: none of ours. */
export function keyOf(stroke: string): Key | null {
  if (stroke === 'Backspace') return 'back'
  return /^\d$/.test(stroke) ? (stroke as Key) : null
}
