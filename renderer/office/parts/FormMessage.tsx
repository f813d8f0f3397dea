import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import buttons from '../../ui/Button.module.css'
import styles from './FormMessage.module.css'

export type FormState = { readonly tone: 'good' | 'bad'; readonly text: string } | null

/** How it went, beside the button that was pressed. */
export function FormMessage({ state }: { readonly state: FormState }) {
  return (
    <p
      role={state?.tone === 'bad' ? 'alert' : 'status'}
      className={styles['message']}
      data-tone={state?.tone}
    >
      {state?.text}
    </p>
  )
}

interface SubmitButtonProps {
  readonly children: ReactNode
  readonly isDisabled?: boolean
}

export function SubmitButton({ children, isDisabled = false }: SubmitButtonProps) {
  return (
    <Button
      type="submit"
      isDisabled={isDisabled}
      className={`${buttons['button'] ?? ''} ${buttons['accent'] ?? ''}`}
    >
      {children}
    </Button>
  )
}
