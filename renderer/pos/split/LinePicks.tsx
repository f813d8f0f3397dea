import type { LineView } from '../../../domain/order-view.ts'
import { Toggle } from '../../ui/Button.tsx'
import { formatMoney } from '../../ui/format.ts'
import styles from './SplitForm.module.css'

interface LinePicksProps {
  readonly lines: readonly LineView[]
  readonly shares: ReadonlyMap<string, number>
  readonly currency: string
  readonly chosen: readonly string[]
  readonly onChoose: (lineIds: readonly string[]) => void
}

/** Lines to be put on a check of their own. */
export function LinePicks({ lines, shares, currency, chosen, onChoose }: LinePicksProps) {
  const toggle = (id: string, isChosen: boolean) =>
    onChoose(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id))
  return (
    <div className={styles['items']}>
      {lines.map((line) => (
        <Toggle
          key={line.id}
          className={styles['item']}
          isSelected={chosen.includes(line.id)}
          onChange={(isChosen) => toggle(line.id, isChosen)}
        >
          <span>
            {line.quantity} × {line.name}
          </span>
          <strong>{formatMoney(shares.get(line.id) ?? 0, currency)}</strong>
        </Toggle>
      ))}
    </div>
  )
}
