import { useState } from 'react'
import { equalParts, itemsDueMinor, lineShares, paidLineIds } from '../../../domain/checks.ts'
import { isLive, type ShownOrder } from '../../../domain/order-view.ts'
import type { Split } from '../../../domain/split-schema.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoney } from '../../ui/format.ts'
import { say } from '../../words/say.ts'
import { useTill } from '../store.ts'
import { AmountPart } from './AmountPart.tsx'
import { LinePicks } from './LinePicks.tsx'
import styles from './SplitForm.module.css'

interface SplitWaysProps {
  readonly order: ShownOrder
  readonly onSplit: (split: Split) => Promise<void>
}

const PARTS = [2, 3, 4, 5, 6, 8]

/** Equal parts, seats, items or sums: one tap for what is asked for most. */
export function SplitWays({ order, onSplit }: SplitWaysProps) {
  const isBusy = useTill((till) => till.isBusy)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const money = (minor: number) => formatMoney(minor, order.currency)
  const { dueMinor } = order.totals
  const shares = lineShares(order)
  const paid = paidLineIds(order)
  const lines = order.lines.filter((line) => isLive(line) && !paid.has(line.id))
  const seats = new Set(lines.flatMap(({ seat }) => seat ?? []))
  return (
    <div className={styles['split']}>
      <section className={styles['half']} aria-label={say('pay.equalParts')}>
        <h3>{say('pay.equalPartsOf', { amount: money(dueMinor) })}</h3>
        <div className={styles['parts']}>
          {PARTS.map((parts) => (
            <Button
              key={parts}
              isLarge
              isDisabled={isBusy}
              onPress={() => void onSplit({ kind: 'equal', parts })}
            >
              {parts} × {money(equalParts(dueMinor, parts)[0] ?? 0)}
            </Button>
          ))}
        </div>
        {seats.size > 0 && (
          <Button isLarge isDisabled={isBusy} onPress={() => void onSplit({ kind: 'seats' })}>
            {say('floor.bySeat', { count: seats.size })}
          </Button>
        )}
        <AmountPart
          order={order}
          dueMinor={dueMinor}
          onAmount={(minor) => void onSplit({ kind: 'amounts', amountsMinor: [minor] })}
        />
      </section>
      <section className={styles['half']} aria-label={say('pay.byItem')}>
        <h3>{say('pay.byItem')}</h3>
        <LinePicks
          lines={lines}
          shares={shares}
          currency={order.currency}
          chosen={chosen}
          onChoose={setChosen}
        />
        <Button
          kind="money"
          isLarge
          isDisabled={isBusy || chosen.length === 0 || itemsDueMinor(order, chosen) <= 0}
          onPress={() => void onSplit({ kind: 'items', groups: [[...chosen]] })}
        >
          {say('pay.payThese')} {chosen.length > 0 && money(itemsDueMinor(order, chosen))}
        </Button>
      </section>
    </div>
  )
}
