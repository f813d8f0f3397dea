import { useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import { grossMinor, type LineView } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney, formatSurcharge } from '../ui/format.ts'
import { currencyOf } from '../ui/settings.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { useActions } from './actions-context.ts'
import styles from './ItemSheet.module.css'
import { chosenOf, groupRule, groupsOf, missingChoice, toggleModifier } from './modifiers.ts'
import { Stepper } from './Stepper.tsx'
import { closeSheet, closeSheetAfter, useTill } from './store.ts'

interface ItemSheetProps {
  readonly catalog: Catalog
  readonly itemId: string
  /** The unsent line that is changed; null: a new one is added. */
  readonly line: LineView | null
}

/** Everything about one line: modifiers by group, instructions, quantity. */
export function ItemSheet({ catalog, itemId, line }: ItemSheetProps) {
  const actions = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const item = catalog.menu_item.get(itemId)
  const [chosen, setChosen] = useState<readonly string[]>(line?.modifiers.map((m) => m.id) ?? [])
  const [quantity, setQuantity] = useState(line?.quantity ?? 1)
  const [instructions, setInstructions] = useState(line?.instructions ?? '')
  if (item === undefined) return null

  const currency = currencyOf(catalog)
  const groups = groupsOf(catalog, item)
  const missing = missingChoice(groups, chosen)
  const modifiers = groups.flatMap(([, g]) => g.modifiers.filter((m) => chosen.includes(m.id)))
  const totalMinor = grossMinor(line?.unitPriceMinor ?? item.priceMinor, modifiers, quantity)
  const request = {
    itemId,
    quantity,
    modifierIds: modifiers.map((modifier) => modifier.id),
    instructions: instructions.trim() || null,
  }
  const save = async () => {
    if (line === null) {
      actions.addLine(request)
      closeSheet()
    } else await closeSheetAfter(actions.changeLine(line.id, request))
  }
  const remove = async () => {
    if (line !== null) await closeSheetAfter(actions.voidLine(line.id, null))
  }

  return (
    <Sheet
      title={item.name}
      about={item.description}
      onClose={closeSheet}
      footer={
        <>
          <Stepper label="Quantity" value={quantity} min={1} max={99} onChange={setQuantity} />
          {line !== null && (
            <Button kind="danger" isLarge isDisabled={isBusy} onPress={() => void remove()}>
              Remove
            </Button>
          )}
          <p className={styles['missing']} role="status">
            {missing}
          </p>
          <Button
            kind="accent"
            isLarge
            className={styles['save']}
            isDisabled={missing !== null || isBusy}
            onPress={() => void save()}
          >
            {line === null ? 'Add' : 'Save'} {formatMoney(totalMinor, currency)}
          </Button>
        </>
      }
    >
      <div className={styles['groups']}>
        {groups.map(([groupId, group]) => {
          const count = chosenOf(chosen, group).length
          return (
            <section key={groupId} role="group" aria-label={group.name}>
              <h3 className={styles['group']}>
                {group.name}
                <span className={styles['rule']} data-missing={count < group.min}>
                  {groupRule(group)}
                  {group.min > 0 && (count < group.min ? ' · required' : ' · ✓')}
                </span>
              </h3>
              <div className={styles['modifiers']}>
                {group.modifiers.map((modifier) => {
                  const isChosen = chosen.includes(modifier.id)
                  return (
                    <Toggle
                      key={modifier.id}
                      className={styles['modifier']}
                      isSelected={isChosen}
                      isDisabled={!isChosen && group.max > 1 && count >= group.max}
                      onChange={() => setChosen(toggleModifier(chosen, group, modifier.id))}
                    >
                      <span>{modifier.name}</span>
                      {modifier.priceMinor !== 0 && (
                        <span className={styles['price']}>
                          {formatSurcharge(modifier.priceMinor, currency)}
                        </span>
                      )}
                    </Toggle>
                  )
                })}
              </div>
            </section>
          )
        })}
        <TextInput
          label="Special instructions"
          value={instructions}
          onChange={setInstructions}
          maxLength={200}
        />
      </div>
    </Sheet>
  )
}
