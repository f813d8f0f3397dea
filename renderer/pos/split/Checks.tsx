import { useState } from 'react'
import { lineShares } from '../../../domain/checks.ts'
import { isLive, type ShownOrder } from '../../../domain/order-view.ts'
import type { Split } from '../../../domain/split-schema.ts'
import { payableMinor, type Check } from '../../../domain/split.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoney } from '../../ui/format.ts'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { useTill } from '../store.ts'
import { AmountPart } from './AmountPart.tsx'
import { checkName } from './check-words.ts'
import { LinePicks } from './LinePicks.tsx'
import styles from './SplitForm.module.css'

interface ChecksProps {
  readonly order: ShownOrder
  readonly split: Split
  readonly checks: readonly Check[]
  readonly onPay: (check: Check) => void
}

/** Every check with what is left of it: a tap pays it. The bill can be one again at any time. */
export function Checks({ order, split, checks, onPay }: ChecksProps) {
  const { splitOrder } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const money = (minor: number) => formatMoney(minor, order.currency)
  return (
    <div className={styles['split']}>
      <section className={styles['half']} aria-label={say('floor.checks')}>
        <ul className={styles['items']}>
          {checks.map((check) => (
            <li key={check.part} className={styles['check']} data-paid={check.dueMinor <= 0}>
              <span className={styles['who']}>
                <strong>{checkName(check, split)}</strong>
                <small>{itemsText(order, check)}</small>
              </span>
              <span className={styles['sums']}>
                <strong>{money(check.amountMinor)}</strong>
                {check.paidMinor > 0 && (
                  <small>{say('floor.checkPaid', { amount: money(check.paidMinor) })}</small>
                )}
              </span>
              {check.dueMinor <= 0 ? (
                <span className={styles['done']}>✓ {say('floor.paid')}</span>
              ) : (
                <Button
                  kind="money"
                  isDisabled={isBusy || payableMinor(order, check) === 0}
                  label={say('floor.payCheck', { check: checkName(check, split) })}
                  onPress={() => onPay(check)}
                >
                  {say('floor.pay')} {money(payableMinor(order, check))}
                </Button>
              )}
            </li>
          ))}
        </ul>
        <Button isLarge isDisabled={isBusy} onPress={() => void splitOrder(null)}>
          {say('floor.oneBill')}
        </Button>
      </section>
      <MoreChecks order={order} split={split} checks={checks} />
    </div>
  )
}

function itemsText({ lines }: ShownOrder, { lineIds }: Check): string {
  if (lineIds === null) return ''
  return lines
    .filter(({ id }) => lineIds.includes(id))
    .map(({ quantity, name }) => `${quantity} × ${name}`)
    .join(', ')
}

/** What is on nobody's check yet can be put on one. */
function MoreChecks({ order, split, checks }: Omit<ChecksProps, 'onPay'>) {
  const { splitOrder } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const [chosen, setChosen] = useState<readonly string[]>([])
  if (split.kind === 'amounts') {
    const rest = checks.at(-1)
    return (
      <section className={styles['half']}>
        <AmountPart
          order={order}
          dueMinor={rest?.dueMinor ?? 0}
          onAmount={(minor) =>
            void splitOrder({ kind: 'amounts', amountsMinor: [...split.amountsMinor, minor] })
          }
        />
      </section>
    )
  }
  if (split.kind !== 'items') return null
  const grouped = new Set(split.groups.flat())
  const lines = order.lines.filter((line) => isLive(line) && !grouped.has(line.id))
  if (lines.length < 2) return null
  return (
    <section className={styles['half']} aria-label={say('pay.byItem')}>
      <LinePicks
        lines={lines}
        shares={lineShares(order)}
        currency={order.currency}
        chosen={chosen}
        onChoose={setChosen}
      />
      <Button
        kind="accent"
        isLarge
        isDisabled={isBusy || chosen.length === 0}
        onPress={() => {
          setChosen([])
          void splitOrder({ kind: 'items', groups: [...split.groups, [...chosen]] })
        }}
      >
        {say('floor.addCheck')}
      </Button>
    </section>
  )
}
