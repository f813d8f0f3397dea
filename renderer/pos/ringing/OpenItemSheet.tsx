import { useState } from 'react'
import { actsWithApproval, tillRules } from '../../../domain/approvals.ts'
import type { Catalog } from '../../../domain/catalog.ts'
import type { SignedIn } from '../../../protocol/screens.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoney } from '../../ui/format.ts'
import { Keypad } from '../../ui/Keypad.tsx'
import { currencyOf } from '../../ui/settings.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { digitsToMinor, typeKey } from '../cash.ts'
import { Stepper } from '../Stepper.tsx'
import { closeSheet } from '../store.ts'
import styles from './OpenItemSheet.module.css'

interface OpenItemSheetProps {
  readonly catalog: Catalog
  readonly itemId: string
  readonly count: number
  readonly staff: SignedIn
}

/** Something that is not on the menu: its name and its price are typed. */
export function OpenItemSheet({ catalog, itemId, count, staff }: OpenItemSheetProps) {
  const { addLine } = useActions()
  const [name, setName] = useState('')
  const [digits, setDigits] = useState('')
  const [quantity, setQuantity] = useState(count)
  const item = catalog.menu_item.get(itemId)
  if (item === undefined) return null
  const priceMinor = digitsToMinor(digits)
  const totalMinor = priceMinor * quantity
  const limitMinor = tillRules(catalog).openItemLimitMinor ?? -1
  const needsManager = actsWithApproval(staff.role) && totalMinor > limitMinor
  const money = formatMoney(totalMinor, currencyOf(catalog))
  const isReady = name.trim() !== '' && digits !== ''
  const add = () => {
    const open = { name: name.trim(), priceMinor }
    addLine({ itemId, quantity, modifierIds: [], instructions: null, open })
    closeSheet()
  }
  return (
    <Sheet
      title={item.name}
      about={say('lines.openItemAbout')}
      onClose={closeSheet}
      footer={
        <>
          <Stepper
            label={say('lines.quantity')}
            value={quantity}
            min={1}
            max={999}
            onChange={setQuantity}
          />
          <span className={styles['gap']} />
          <Button kind="accent" isLarge isDisabled={!isReady} onPress={add}>
            {needsManager ? say('lines.addForManager', { money }) : say('lines.addFor', { money })}
          </Button>
        </>
      }
    >
      <div className={styles['open']}>
        <TextInput
          label={say('lines.openItemName')}
          value={name}
          onChange={setName}
          maxLength={120}
          takesFocus
        />
        <div className={styles['price']}>
          <p className={styles['label']}>{say('lines.price')}</p>
          <output className={styles['amount']}>
            {formatMoney(priceMinor, currencyOf(catalog))}
          </output>
          <Keypad
            label={say('lines.price')}
            hasDoubleZero
            onKey={(key) => setDigits(typeKey(digits, key))}
          />
        </div>
      </div>
    </Sheet>
  )
}
