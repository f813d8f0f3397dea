import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'

interface CardButtonProps {
  readonly className: string | undefined
  readonly children: ReactNode
  readonly onPress: () => void
  readonly isBench: boolean
  readonly isDisabled?: boolean
  /** It stands below the lines, and is measured with what stands there. */
  readonly isFoot?: boolean
  readonly label?: string
  /** What its looks depend on, as data attributes. */
  readonly looks?: Readonly<Record<`data-${string}`, string | boolean>>
}

/** On a card that is only measured a plain button stands in its place: it is much cheaper to build. */
export function CardButton(props: CardButtonProps) {
  const { className = '', children, onPress, isBench, isDisabled = false, label, looks } = props
  const more = { ...looks, ...(props.isFoot === true && { 'data-foot': true }) }
  if (isBench) {
    return (
      <button type="button" className={className} {...more}>
        {children}
      </button>
    )
  }
  return (
    <AriaButton
      className={className}
      onPress={onPress}
      isDisabled={isDisabled}
      {...(label !== undefined && { 'aria-label': label })}
      {...more}
    >
      {children}
    </AriaButton>
  )
}
