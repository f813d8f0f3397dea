import { useState } from 'react'
import { equalParts, itemsDueMinor, lineShares, paidLineIds } from '../../domain/checks.ts'
import { isLive, type ShownOrder } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { say } from '../words/say.ts'
import styles from './SplitForm.module.css'

export type Split =
  | { readonly kind: 'parts'; readonly part: number; readonly of: number }
  | { readonly kind: 'items'; readonly lineIds: readonly string[]; readonly amountMinor: number }

interface SplitFormProps {
  readonly order: ShownOrder
  readonly split: Split | null
  /** Null: one pays all. */
  readonly onChoose: (split: Split | null) => void
}

const PARTS = [2, 3, 4, 5, 6, 8]

/** Who pays what: equal parts, or the items of one guest. Any other amount is typed at the keypad. */
export function SplitForm({ order, split, onChoose }: SplitFormProps) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const money = (minor: number) => formatMoney(minor, order.currency)
  const { dueMinor } = order.totals
  const shares = lineShares(order)
  const paid = paidLineIds(order)
  const lines = order.lines.filter((line) => isLive(line) && !paid.has(line.id))
  const toggle = (id: string, isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id))
  const amountMinor = itemsDueMinor(order, chosen)
  return (
    <div className={styles['split']}>
      <section className={styles['half']} aria-label={say('pay.equalParts')}>
        <h3>{say('pay.equalPartsOf', { amount: money(dueMinor) })}</h3>
        <div className={styles['parts']}>
          {PARTS.map((of) => (
            <Button key={of} isLarge onPress={() => onChoose({ kind: 'parts', part: 1, of })}>
              {of} × {money(equalParts(dueMinor, of)[0] ?? 0)}
            </Button>
          ))}
        </div>
        {split !== null && (
          <Button isLarge onPress={() => onChoose(null)}>
            {say('pay.onePaysAll')}
          </Button>
        )}
      </section>
      <section className={styles['half']} aria-label={say('pay.byItem')}>
        <h3>{say('pay.byItem')}</h3>
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
              <strong>{money(shares.get(line.id) ?? 0)}</strong>
            </Toggle>
          ))}
        </div>
        <Button
          kind="money"
          isLarge
          isDisabled={chosen.length === 0 || amountMinor <= 0}
          onPress={() => onChoose({ kind: 'items', lineIds: chosen, amountMinor })}
        >
          {say('pay.payThese')} {chosen.length > 0 && money(amountMinor)}
        </Button>
      </section>
    </div>
  )
}
