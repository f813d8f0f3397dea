import { Button } from '../ui/Button.tsx'
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
        label="One less"
        isDisabled={value <= min}
        onPress={() => onChange(value - 1)}
      >
        −
      </Button>
      <output className={styles['value']}>{value}</output>
      <Button
        isLarge
        label="One more"
        isDisabled={value >= max}
        onPress={() => onChange(value + 1)}
      >
        +
      </Button>
    </div>
  )
}
