import { useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import type { LineView } from '../../domain/order-view.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './actions.ts'
import { LinePlace } from './courses/LinePlace.tsx'
import { ItemSheet } from './ItemSheet.tsx'
import { ReasonForm } from './ReasonForm.tsx'
import { closeSheet, closeSheetAfter } from './store.ts'

interface LineSheetProps {
  readonly catalog: Catalog
  readonly lineId: string
}

/** An unsent line can be changed; one that the kitchen has can only be voided, with a reason. */
export function LineSheet({ catalog, lineId }: LineSheetProps) {
  const line = useCurrentOrder()?.lines.find((l) => l.id === lineId)
  if (line === undefined) return null
  return line.fired ? (
    <VoidSheet catalog={catalog} line={line} />
  ) : (
    <ItemSheet catalog={catalog} itemId={line.itemId} line={line} />
  )
}

function VoidSheet({ catalog, line }: { readonly catalog: Catalog; readonly line: LineView }) {
  const { voidLine } = useActions()
  const [reason, setReason] = useState('')
  return (
    <Sheet
      title={`${line.quantity} × ${line.name}`}
      about={say('item.wasSent')}
      onClose={closeSheet}
    >
      <LinePlace catalog={catalog} line={line} />
      <ReasonForm
        kind="void"
        reason={reason}
        onReason={setReason}
        action={say('item.void')}
        onAct={() => void closeSheetAfter(voidLine(line.id, reason.trim()))}
      />
    </Sheet>
  )
}
