import type { Store } from '../../db/sqlite/store.ts'
import { readSubject } from '../../domain/inventory.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { stockList, type StockRow } from '../../domain/stock-list.ts'
import type { ScreenCall, ScreenRejection, SignedIn } from '../../protocol/screens.ts'
import { stockEvents } from '../inventory/stock-lines.ts'

/** What somebody at the till says of the stock, and what there is then. */
export interface StockCalls {
  readonly stock: (
    call: Extract<ScreenCall, { type: 'stock' }>,
    staff: SignedIn | null,
  ) => Result<readonly StockRow[], ScreenRejection>
}

export function createStockCalls(
  store: Pick<Store, 'catalog' | 'stock' | 'writeJournal'>,
  nowMs: () => number,
): StockCalls {
  return {
    stock: ({ commandId: id, wish }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      if (staff.role !== 'manager' && staff.role !== 'admin') return refuse({ code: 'not_allowed' })
      const catalog = store.catalog()
      if (wish.kind !== 'look') {
        const stray = wish.lines.find(({ subject }) => {
          const named = readSubject(subject)
          const of = named?.kind === 'item' ? catalog.menu_item : catalog.ingredient
          return named === null || !of.has(named.id)
        })
        if (stray) return refuse({ code: 'unknown_item', itemId: stray.subject })
        const stamp = { id, at: new Date(nowMs()).toISOString(), actor: `staff:${staff.staffId}` }
        store.writeJournal<never>(stamp, (clock) => ok(stockEvents(id, wish, clock)))
      }
      return ok(stockList(catalog, store.stock.of))
    },
  }
}
