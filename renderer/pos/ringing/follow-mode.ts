import { useLive } from '../../ui/live-store.ts'
import { emptyDraft, useTill } from '../store.ts'
import { assumeMode, useMode } from './mode.ts'

/** The next order begins as this till sells, whoever said so: here, at another till, or nobody. */
export function followMode(): void {
  useMode.subscribe(() => {
    const { orderId, draft } = useTill.getState()
    if (orderId === null && draft.table === null && draft.customer === null)
      useTill.setState({ draft: emptyDraft() })
  })
  useLive.subscribe(({ catalog }, before) => {
    if (catalog !== null && catalog !== before.catalog) assumeMode(catalog.dining_table.size === 0)
  })
}
