import { useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import { openGroups } from '../../domain/modifiers.ts'
import { wishOfSold } from '../../domain/preparations.ts'
import { grossMinor, type LineView } from '../../domain/order-view.ts'
import { priceNow } from '../../domain/sale-times.ts'
import { Button } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { currencyOf } from '../ui/settings.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { LinePlace } from './courses/LinePlace.tsx'
import styles from './ItemSheet.module.css'
import { ModifierGroups } from './ModifierGroups.tsx'
import { chosenOf, missingChoice, wishesIn } from './modifiers.ts'
import { useOccasion } from './occasion.ts'
import { Stepper } from './Stepper.tsx'
import { closeSheet, closeSheetAfter, useTill } from './store.ts'

interface ItemSheetProps {
  readonly catalog: Catalog
  readonly itemId: string
  /** The unsent line that is changed; null: a new one is added. */
  readonly line: LineView | null
  /** How many of a new one. */
  readonly count?: number
}

/** Everything about one line: modifiers by group, instructions, quantity. */
export function ItemSheet({ catalog, itemId, line, count = 1 }: ItemSheetProps) {
  const actions = useActions()
  const occasion = useOccasion()
  const isBusy = useTill((till) => till.isBusy)
  const item = catalog.menu_item.get(itemId)
  const [chosen, setChosen] = useState<readonly string[]>(line?.modifiers.map(wishOfSold) ?? [])
  const [quantity, setQuantity] = useState(line?.quantity ?? count)
  const [instructions, setInstructions] = useState(line?.instructions ?? '')
  if (item === undefined) return null

  const currency = currencyOf(catalog)
  const { open } = openGroups(catalog, item, chosen)
  const missing = missingChoice(open, chosen)
  const modifiers = wishesIn(open, chosen)
  const { priceMinor } = priceNow(catalog, { id: itemId, ...item }, occasion)
  const totalMinor = grossMinor(line?.unitPriceMinor ?? priceMinor, modifiers, quantity)
  const request = {
    itemId,
    quantity,
    modifierIds: modifiers.map(({ wish }) => wish),
    instructions: instructions.trim() || null,
  }
  /** Of a line that is in the order it counts at once, so that it can be sent from here. */
  const choose = (next: readonly string[]) => {
    setChosen(next)
    if (line === null || missingChoice(openGroups(catalog, item, next).open, next) !== null) return
    const groups = openGroups(catalog, item, next).open
    const modifierIds = groups.flatMap(({ group }) => chosenOf(next, group))
    actions.changeSoon(line.id, { modifierIds })
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
      about={aboutOf(item.description, catalog.item_details.get(itemId)?.allergens)}
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
          {line !== null && (
            <Button kind="danger" isLarge isDisabled={isBusy} onPress={() => void remove()}>
              {say('common.remove')}
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
            {say(line === null ? 'item.addFor' : 'item.saveFor', {
              amount: formatMoney(totalMinor, currency),
            })}
          </Button>
        </>
      }
    >
      <div className={styles['groups']}>
        {line !== null && <LinePlace catalog={catalog} line={line} />}
        <ModifierGroups open={open} chosen={chosen} currency={currency} onChoose={choose} />
        <TextInput
          label={say('item.instructions')}
          value={instructions}
          onChange={setInstructions}
          maxLength={200}
        />
      </div>
    </Sheet>
  )
}

/** What guests ask for: what it is, and what is in it. */
function aboutOf(
  description: string | undefined,
  allergens: readonly string[] | null | undefined,
): string | undefined {
  if (allergens === undefined || allergens === null) return description
  const contains =
    allergens.length === 0
      ? say('item.noAllergens')
      : say('item.contains', { list: allergens.join(', ') })
  return description === undefined ? contains : `${description} · ${contains}`
}
