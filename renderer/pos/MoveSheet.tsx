import { useState } from 'react'
import type { LineView, ShownOrder } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { LINE_STATUS_NAMES, placeOf, STATUS_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './current-order.ts'
import { movableLines, moveTargets, stillMovable } from './move-lines.ts'
import styles from './MoveSheet.module.css'
import { closeSheet, closeSheetAfter, useTill } from './store.ts'

/** Guests change tables, or pay together: items go to another order as they are. */
export function MoveSheet() {
  const order = useCurrentOrder()
  const ordersById = useLive((live) => live.ordersById)
  const isBusy = useTill((till) => till.isBusy)
  const { moveLines } = useActions()
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set())
  const [targetId, setTargetId] = useState<string | null>(null)
  if (order === null) return null
  const lines = movableLines(order)
  const targets = moveTargets(order, ordersById.values())
  const chosen = stillMovable(order, chosenIds)
  const target = targets.find(({ id }) => id === targetId)

  const choose = (line: LineView) => {
    const after = new Set(chosenIds)
    if (!after.delete(line.id)) after.add(line.id)
    setChosenIds(after)
  }
  const move = () => {
    if (target === undefined) return
    const lineIds = chosen.map(({ id }) => id)
    void closeSheetAfter(moveLines(target, lineIds))
  }

  return (
    <Sheet
      title={say('orders.moveFrom', { number: order.number })}
      about={say('orders.moveAbout')}
      onClose={closeSheet}
      footer={
        <Button
          kind="accent"
          isLarge
          isDisabled={isBusy || target === undefined || chosen.length === 0}
          onPress={move}
        >
          {moveText(chosen.length, target)}
        </Button>
      }
    >
      <div className={styles['columns']}>
        <section aria-label={say('orders.items')}>
          <div className={styles['head']}>
            <h3 className={styles['title']}>{say('orders.items')}</h3>
            <Button
              isDisabled={chosen.length === lines.length}
              onPress={() => setChosenIds(new Set(lines.map(({ id }) => id)))}
            >
              {say('orders.chooseAll')}
            </Button>
          </div>
          {lines.length === 0 && <p className={styles['none']}>{say('orders.nothingMovable')}</p>}
          <ul className={styles['list']}>
            {lines.map((line) => (
              <li key={line.id}>
                <LineChoice
                  line={line}
                  currency={order.currency}
                  isChosen={chosenIds.has(line.id)}
                  onChoose={() => choose(line)}
                />
              </li>
            ))}
          </ul>
        </section>
        <section aria-label={say('orders.toWhich')}>
          <div className={styles['head']}>
            <h3 className={styles['title']}>{say('orders.toWhich')}</h3>
          </div>
          {targets.length === 0 && <p className={styles['none']}>{say('orders.noTarget')}</p>}
          <ul className={styles['list']}>
            {targets.map((other) => (
              <li key={other.id}>
                <Toggle isSelected={other.id === targetId} onChange={() => setTargetId(other.id)}>
                  <span className={styles['row']}>
                    <span className={styles['number']}>{other.number}</span>
                    <span className={styles['name']}>{placeOf(other)}</span>
                    <span className={styles['side']}>{STATUS_NAMES[other.status]}</span>
                  </span>
                </Toggle>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Sheet>
  )
}

function moveText(count: number, target: ShownOrder | undefined): string {
  if (count === 0) return say('orders.chooseWhat')
  return target === undefined
    ? say('orders.moveChoose', { count })
    : say('orders.moveTo', { count, number: target.number })
}

interface LineChoiceProps {
  readonly line: LineView
  readonly currency: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function LineChoice({ line, currency, isChosen, onChoose }: LineChoiceProps) {
  return (
    <Toggle isSelected={isChosen} onChange={onChoose}>
      <span className={styles['row']}>
        <span className={styles['number']}>{line.quantity}</span>
        <span className={styles['name']}>
          {line.name}
          {line.modifiers.length > 0 && (
            <small className={styles['modifiers']}>
              {line.modifiers.map((modifier) => modifier.name).join(', ')}
            </small>
          )}
        </span>
        <span className={styles['side']}>
          {formatMoney(line.totalMinor, currency)}
          <small>{LINE_STATUS_NAMES[line.kitchenStatus]}</small>
        </span>
      </span>
    </Toggle>
  )
}
