import { useState } from 'react'
import {
  PRINTER_CODEPAGES,
  PRINTER_COLUMNS,
  type Catalog,
  type Printer,
} from '../../../domain/catalog.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { SelectInput } from '../../ui/SelectInput.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { addressOf, draftOf, making, printingDevices } from './printer-form.ts'
import styles from './PrinterForm.module.css'

interface PrinterFormProps {
  readonly catalog: Catalog
  readonly printerId: string
  readonly onDone: () => void
}

/** A receipt printer on the store's network: where it is, how it writes, and what comes out of it. */
export function PrinterForm({ catalog, printerId, onDone }: PrinterFormProps) {
  const { setSettings } = useActions()
  const [printer, setPrinter] = useState(() => draftOf(catalog, printerId))
  const [isLeaving, setLeaving] = useState(false)
  const [fault, setFault] = useState('')
  const [isBusy, setBusy] = useState(false)
  const change = (part: Partial<Printer>) => setPrinter({ ...printer, ...part })

  const write = async (value: Printer | null) => {
    setBusy(true)
    const answer = await setSettings([{ kind: 'printer', id: printerId, value }])
    setBusy(false)
    setFault(answer.ok ? '' : answer.message)
    if (answer.ok) onDone()
  }
  const save = () => {
    const name = printer.name.trim()
    const address = addressOf(printer.address)
    if (name === '' || address === null) return setFault(say('printers.needs'))
    return void write({ ...printer, name, address })
  }
  const held = catalog.printer.get(printerId)
  const foot = (
    <>
      {held !== undefined && (
        <Toggle isSelected={isLeaving} onChange={setLeaving}>
          {say('printers.remove')}
        </Toggle>
      )}
      {isLeaving && held !== undefined && (
        <Button kind="danger" isDisabled={isBusy} onPress={() => void write(null)}>
          {say('printers.reallyRemove', { name: held.name })}
        </Button>
      )}
      <p className={styles['fault']} role="alert">
        {fault}
      </p>
      <Button onPress={onDone}>{say('front.leaveAsIs')}</Button>
      <Button kind="accent" isDisabled={isBusy} onPress={save}>
        {say('front.save')}
      </Button>
    </>
  )
  return (
    <Sheet
      title={held === undefined ? say('printers.add') : say('printers.editOf', { name: held.name })}
      about={say('printers.aboutEdit')}
      footer={foot}
      onClose={onDone}
    >
      <div className={styles['form']}>
        <div className={styles['fields']}>
          <TextInput
            label={say('printers.name')}
            value={printer.name}
            onChange={(name) => change({ name })}
            maxLength={120}
            takesFocus
          />
          <TextInput
            label={say('printers.address')}
            value={printer.address}
            onChange={(address) => change({ address })}
            maxLength={110}
          />
          <SelectInput
            label={say('printers.columns')}
            value={String(printer.columns)}
            options={PRINTER_COLUMNS.map((one) => ({ value: String(one), label: String(one) }))}
            onChange={(chosen) =>
              change({ columns: PRINTER_COLUMNS.find((one) => String(one) === chosen) ?? 42 })
            }
          />
          <SelectInput
            label={say('printers.codepage')}
            value={printer.codepage}
            options={PRINTER_CODEPAGES.map((one) => ({ value: one, label: one }))}
            onChange={(chosen) =>
              change({ codepage: PRINTER_CODEPAGES.find((one) => one === chosen) ?? 'cp858' })
            }
          />
        </div>
        <Picks
          label={say('printers.comesOut')}
          among={printingDevices(catalog)}
          chosen={printer.receiptsOf}
          onChange={(receiptsOf) => change({ receiptsOf })}
        />
        <Picks
          label={say('printers.slips')}
          among={making(catalog)}
          chosen={printer.slipsOf}
          onChange={(slipsOf) => change({ slipsOf })}
        />
        <Picks
          label={say('printers.fallback')}
          among={making(catalog)}
          chosen={printer.fallbackFor}
          onChange={(fallbackFor) => change({ fallbackFor })}
        />
        <div className={styles['choices']}>
          <Toggle isSelected={printer.drawer} onChange={(drawer) => change({ drawer })}>
            {say('printers.hasDrawer')}
          </Toggle>
        </div>
      </div>
    </Sheet>
  )
}

interface PicksProps {
  readonly label: string
  readonly among: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: string[]) => void
}

function Picks({ label, among, chosen, onChange }: PicksProps) {
  if (among.length === 0) return null
  return (
    <div className={styles['group']}>
      <span className={styles['label']}>{label}</span>
      <div className={styles['choices']} role="group" aria-label={label}>
        {among.map(({ id, name }) => (
          <Toggle
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(isIn) =>
              onChange(isIn ? [...chosen, id] : chosen.filter((one) => one !== id))
            }
          >
            {name}
          </Toggle>
        ))}
      </div>
    </div>
  )
}
