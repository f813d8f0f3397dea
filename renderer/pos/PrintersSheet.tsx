import { useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import { actsWithApproval, mayApprove } from '../../domain/approvals.ts'
import { mayOpenDrawer } from '../../domain/roles.ts'
import type { SignedIn } from '../../protocol/screens.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { useLive } from '../ui/live-store.ts'
import { newId } from '../ui/new-id.ts'
import { listPrinters, type PrinterRow } from '../ui/printers.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { useTerminalNow } from '../ui/use-now.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { PrinterForm } from './printers/PrinterForm.tsx'
import styles from './PrintersSheet.module.css'
import { ReasonForm } from './ReasonForm.tsx'
import { closeSheet, useTill } from './store.ts'

interface PrintersSheetProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
}

/** The printers of the store and how they stand; and the drawer, which hangs on one of them. */
export function PrintersSheet({ catalog, staff }: PrintersSheetProps) {
  const printers = useLive((live) => live.status?.printers)
  const deviceId = useLive((live) => live.device?.deviceId ?? '')
  const nowMs = useTerminalNow()
  const [isOpening, setOpening] = useState(false)
  /** Which one is being set up; a new one has an id that nobody has. */
  const [editedId, setEditedId] = useState<string | null>(null)
  const isManager = mayApprove(staff.role)
  const hasDrawer = [...catalog.printer.values()].some(
    (printer) => printer.drawer && printer.receiptsOf.includes(deviceId),
  )
  if (editedId !== null)
    return (
      <PrinterForm
        key={editedId}
        catalog={catalog}
        printerId={editedId}
        onDone={() => setEditedId(null)}
      />
    )
  return (
    <Sheet
      title={say(isOpening ? 'printers.openTheDrawer' : 'printers.title')}
      about={say(isOpening ? 'printers.withoutSale' : 'printers.about')}
      tools={
        <>
          {isManager && !isOpening && (
            <Button onPress={() => setEditedId(newId())}>{say('printers.add')}</Button>
          )}
          {hasDrawer && (mayOpenDrawer(staff.role) || actsWithApproval(staff.role)) && (
            <Toggle isSelected={isOpening} onChange={setOpening}>
              {say('printers.openDrawer')}
            </Toggle>
          )}
        </>
      }
      onClose={closeSheet}
    >
      {isOpening ? (
        <OpenDrawer onOpened={() => setOpening(false)} />
      ) : catalog.printer.size === 0 ? (
        <p className={styles['none']}>{say('printers.none')}</p>
      ) : (
        <ul className={styles['list']} aria-label={say('printers.title')}>
          {listPrinters(catalog, printers ?? [], nowMs).map((row) => (
            <li key={row.id}>
              <Row row={row} {...(isManager && { onEdit: () => setEditedId(row.id) })} />
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

interface RowProps {
  readonly row: PrinterRow
  /** Absent: whoever looks may not. */
  readonly onEdit?: () => void
}

function Row({ row, onEdit }: RowProps) {
  const { testPrinter } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  return (
    <div className={styles['printer']}>
      <span className={styles['what']}>
        <span className={styles['name']}>{row.name}</span>
        <span className={styles['uses']}>{row.uses}</span>
      </span>
      <span className={styles['state']} data-health={row.health}>
        {row.text}
        {row.note !== null && <span className={styles['note']}>{row.note}</span>}
      </span>
      {onEdit !== undefined && (
        <Button label={say('printers.editOf', { name: row.name })} onPress={onEdit}>
          {say('printers.edit')}
        </Button>
      )}
      <Button
        className={styles['test']}
        isDisabled={isBusy}
        label={say('printers.testOn', { name: row.name })}
        onPress={() => void testPrinter(row.id, row.name)}
      >
        {say('printers.test')}
      </Button>
    </div>
  )
}

function OpenDrawer({ onOpened }: { readonly onOpened: () => void }) {
  const { openDrawer } = useActions()
  const [reason, setReason] = useState('')
  const open = async () => {
    if (await openDrawer(reason.trim())) onOpened()
  }
  return (
    <ReasonForm
      kind="no_sale"
      reason={reason}
      onReason={setReason}
      action={say('printers.openTheDrawer')}
      onAct={() => void open()}
    />
  )
}
