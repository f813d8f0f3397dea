import type { Catalog } from '../../domain/catalog.ts'
import type { SignedIn } from '../../protocol/screens.ts'
import { useCurrentOrder } from './current-order.ts'
import { ItemSheet } from './ItemSheet.tsx'
import { SentLineSheet } from './ringing/SentLineSheet.tsx'

interface LineSheetProps {
  readonly catalog: Catalog
  readonly lineId: string
  readonly staff: SignedIn
}

/** An unsent line can be changed; one that the kitchen has can be voided or comped, with a reason. */
export function LineSheet({ catalog, lineId, staff }: LineSheetProps) {
  const line = useCurrentOrder()?.lines.find((l) => l.id === lineId)
  if (line === undefined) return null
  return line.fired ? (
    <SentLineSheet catalog={catalog} line={line} staff={staff} />
  ) : (
    <ItemSheet catalog={catalog} itemId={line.itemId} line={line} />
  )
}
