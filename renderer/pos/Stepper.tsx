import { Button } from '../ui/Button.tsx'
import { say } from '../words/say.ts'
import styles from './Stepper.module.css'

interface StepperProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onChange: (value: number) => void
}

export function Stepper({ label, value, min, max, onChange }: StepperProps) {
  return (
    <div role="group" aria-label={label} className={styles['stepper']}>
      <Button
        isLarge
        label={say('common.oneLess')}
        isDisabled={value <= min}
        onPress={() => onChange(value - 1)}
      >
        −
      </Button>
      <output className={styles['value']}>{value}</output>
      <Button
        isLarge
        label={say('common.oneMore')}
        isDisabled={value >= max}
        onPress={() => onChange(value + 1)}
      >
        +
      </Button>
    </div>
  )
}
