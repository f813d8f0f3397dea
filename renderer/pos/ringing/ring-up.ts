import type { Catalog, MenuItem } from '../../../domain/catalog.ts'
import { useLive } from '../../ui/live-store.ts'
import type { TillActions } from '../actions.ts'
import { openSheet, takeQuantity } from '../store.ts'

/** One item is wanted, by whatever way it was found: as many as were typed before. */
export function ringUp({ addLine }: Pick<TillActions, 'addLine'>, itemId: string): void {
  const { catalog } = useLive.getState()
  const item = catalog?.menu_item.get(itemId)
  const quantity = takeQuantity()
  if (catalog?.combo.has(itemId) === true) {
    return openSheet({ kind: 'combo', comboId: itemId, quantity })
  }
  if (item?.open !== undefined) return openSheet({ kind: 'open', itemId, quantity })
  if (catalog !== null && item !== undefined && mustChoose(catalog, item)) {
    return openSheet({ kind: 'item', itemId, quantity })
  }
  addLine({ itemId, quantity, modifierIds: [], instructions: null })
}

/** Only a required choice stops the tap; extras are added by tapping the line in the order. */
const mustChoose = (catalog: Catalog, item: MenuItem): boolean =>
  item.modifierGroupIds.some((groupId) => (catalog.modifier_group.get(groupId)?.min ?? 0) > 0)
