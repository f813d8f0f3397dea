import type { Store } from '../../db/sqlite/store.ts'
import {
  ALERTS_SUBJECT,
  alertsOf,
  isShownTo,
  MAX_ACKNOWLEDGED,
  type Alert,
} from '../../domain/alerts.ts'
import type { Role } from '../../domain/catalog.ts'
import type { JournalEvent } from '../../domain/journal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { itemsLeft, stockList } from '../../domain/stock-list.ts'
import type { PrinterState } from '../../protocol/paper.ts'
import type { Stamp } from '../api/rest-store.ts'

/** What somebody has to look at, as this device knows it: see domain/alerts.ts. */
export interface Alerts {
  readonly list: () => readonly Alert[]
  /** Who is not shown it has nothing to acknowledge. */
  readonly acknowledge: (stamp: Stamp, alertId: string, role: Role) => Result<Alert, 'no_alert'>
}

export interface AlertsDeps {
  readonly store: Pick<Store, 'catalog' | 'openOrders' | 'stock' | 'journal' | 'writeJournal'>
  readonly printers: () => readonly PrinterState[]
  readonly centreLacksSinceMs: () => number | null
  readonly nowMs: () => number
}

export function createAlerts(deps: AlertsDeps): Alerts {
  const { store } = deps

  function list(): readonly Alert[] {
    const catalog = store.catalog()
    const levelOf = (subject: string) => store.stock.of(subject)?.levelMilli ?? null
    return alertsOf({
      catalog,
      orders: store.openOrders(),
      stock: stockList(catalog, store.stock.of),
      left: itemsLeft(catalog, levelOf),
      printers: deps.printers(),
      centreLacksSinceMs: deps.centreLacksSinceMs(),
      lines: store.journal.newest('alert_acknowledged', MAX_ACKNOWLEDGED),
      nowMs: deps.nowMs(),
    })
  }

  return {
    list,
    acknowledge: (stamp, alertId, role) => {
      const found = findAlert(list(), alertId, role)
      if (!found.ok || found.value.acknowledged !== null) return found
      store.writeJournal<never>(stamp, () => ok([acknowledgedLine(found.value)]))
      return ok({ ...found.value, acknowledged: { by: stamp.actor, at: stamp.at } })
    },
  }
}

export function findAlert(
  alerts: readonly Alert[],
  alertId: string,
  role: Role,
): Result<Alert, 'no_alert'> {
  const found = alerts.find(({ id }) => id === alertId)
  return found !== undefined && isShownTo(found, role) ? ok(found) : refuse('no_alert')
}

export const acknowledgedLine = ({ id, kind }: Alert): JournalEvent => ({
  type: 'journal.written',
  kind: 'alert_acknowledged',
  id,
  about: ALERTS_SUBJECT,
  value: { alert: kind },
})
