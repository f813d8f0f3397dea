import type { ReactNode } from 'react'
import { Button as AriaButton, ToggleButton as AriaToggleButton } from 'react-aria-components'
import styles from './Button.module.css'

export type ButtonKind = 'plain' | 'accent' | 'money' | 'danger' | 'quiet'

interface ButtonProps {
  readonly children: ReactNode
  readonly onPress: () => void
  readonly kind?: ButtonKind
  readonly isLarge?: boolean
  readonly isDisabled?: boolean
  readonly label?: string | undefined
  readonly className?: string | undefined
}

export function Button(props: ButtonProps) {
  const { children, onPress, kind = 'plain', isLarge, isDisabled = false, label } = props
  return (
    <AriaButton
      className={classes(kind, isLarge, props.className)}
      onPress={onPress}
      isDisabled={isDisabled}
      {...(label !== undefined && { 'aria-label': label })}
    >
      {children}
    </AriaButton>
  )
}

interface ToggleProps {
  readonly children: ReactNode
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly isDisabled?: boolean
  readonly label?: string | undefined
  readonly className?: string | undefined
}

/** A button that stays pressed. Announced as such, and marked by more than its colour. */
export function Toggle(props: ToggleProps) {
  const { children, isSelected, onChange, isDisabled = false, label, className } = props
  return (
    <AriaToggleButton
      className={classes('plain', false, className, styles['toggle'])}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      {...(label !== undefined && { 'aria-label': label })}
    >
      {children}
    </AriaToggleButton>
  )
}

function classes(
  kind: ButtonKind,
  isLarge: boolean | undefined,
  ...more: readonly (string | undefined)[]
): string {
  const all = [styles['button'], styles[kind], isLarge === true && styles['large'], ...more]
  return all.filter(Boolean).join(' ')
}
