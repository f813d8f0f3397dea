import { useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import { openGroups } from '../../domain/modifiers.ts'
import { priceNow } from '../../domain/sale-times.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney, formatSurcharge } from '../ui/format.ts'
import { currencyOf } from '../ui/settings.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { missingPick, modifiersOf, togglePick, type Pick } from './combo-picks.ts'
import styles from './ItemSheet.module.css'
import { ModifierGroups } from './ModifierGroups.tsx'
import { groupRule } from './modifiers.ts'
import { useOccasion } from './occasion.ts'
import { Stepper } from './Stepper.tsx'
import { closeSheet, useTill } from './store.ts'

interface ComboSheetProps {
  readonly catalog: Catalog
  readonly comboId: string
  readonly count: number
}

/** What is picked for the slots of a combo, and with which modifiers. */
export function ComboSheet({ catalog, comboId, count }: ComboSheetProps) {
  const { addLine } = useActions()
  const occasion = useOccasion()
  const isBusy = useTill((till) => till.isBusy)
  const combo = catalog.combo.get(comboId)
  const [picks, setPicks] = useState<readonly Pick[]>([])
  const [quantity, setQuantity] = useState(count)
  if (combo === undefined) return null

  const currency = currencyOf(catalog)
  const missing = missingPick(catalog, combo, picks)
  const { priceMinor } = priceNow(catalog, { id: comboId, ...combo }, occasion)
  const extrasMinor = picks.reduce((sum, pick) => {
    const slot = combo.slots.find(({ id }) => id === pick.slotId)
    const choice = slot?.choices.find(({ itemId }) => itemId === pick.itemId)
    const modifiers = modifiersOf(catalog, pick)
    return modifiers.reduce((all, one) => all + one.priceMinor, sum + (choice?.surchargeMinor ?? 0))
  }, 0)
  const add = () => {
    addLine({
      itemId: comboId,
      quantity,
      modifierIds: [],
      instructions: null,
      picks: picks.map((pick) => ({
        ...pick,
        modifierIds: modifiersOf(catalog, pick).map(({ wish }) => wish),
      })),
    })
    closeSheet()
  }

  return (
    <Sheet
      title={combo.name}
      about={combo.description}
      onClose={closeSheet}
      footer={
        <>
          <Stepper
            label={say('common.quantity')}
            value={quantity}
            min={1}
            max={999}
            onChange={setQuantity}
          />
          <p className={styles['missing']} role="status">
            {missing}
          </p>
          <Button
            kind="accent"
            isLarge
            className={styles['save']}
            isDisabled={missing !== null || isBusy}
            onPress={add}
          >
            {say('item.addFor', {
              amount: formatMoney((priceMinor + extrasMinor) * quantity, currency),
            })}
          </Button>
        </>
      }
    >
      <div className={styles['groups']}>
        {combo.slots.map((slot) => {
          const own = picks.filter(({ slotId }) => slotId === slot.id)
          return (
            <section key={slot.id} role="group" aria-label={slot.name}>
              <h3 className={styles['group']}>
                {slot.name}
                <span className={styles['rule']} data-missing={own.length < slot.min}>
                  {groupRule(slot)}
                  {slot.min > 0 && (own.length < slot.min ? ' · required' : ' · ✓')}
                </span>
              </h3>
              <div className={styles['modifiers']}>
                {slot.choices.map(({ itemId, surchargeMinor }) => {
                  const isChosen = own.some((pick) => pick.itemId === itemId)
                  const isOff = catalog.availability.get(itemId)?.available === false
                  return (
                    <Toggle
                      key={itemId}
                      className={styles['modifier']}
                      isSelected={isChosen}
                      isDisabled={isOff || (!isChosen && slot.max > 1 && own.length >= slot.max)}
                      onChange={() => setPicks(togglePick(picks, slot, itemId))}
                    >
                      <span>{catalog.menu_item.get(itemId)?.name ?? itemId}</span>
                      {surchargeMinor > 0 && (
                        <span className={styles['price']}>
                          {formatSurcharge(surchargeMinor, currency)}
                        </span>
                      )}
                    </Toggle>
                  )
                })}
              </div>
              {own.map((pick) => {
                const item = catalog.menu_item.get(pick.itemId)
                if (item === undefined) return null
                const { open } = openGroups(catalog, item, pick.modifierIds)
                return (
                  <div key={pick.itemId} className={styles['nested']}>
                    <ModifierGroups
                      open={open}
                      chosen={pick.modifierIds}
                      currency={currency}
                      onChoose={(chosen) =>
                        setPicks(
                          picks.map((one) =>
                            one === pick ? { ...one, modifierIds: [...chosen] } : one,
                          ),
                        )
                      }
                    />
                  </div>
                )
              })}
            </section>
          )
        })}
      </div>
    </Sheet>
  )
}
