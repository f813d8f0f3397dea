import type { Store } from '../../db/sqlite/store.ts'
import { orderEventSchemas } from '../../domain/events.ts'
import type { OrderCommand } from '../../domain/commands.ts'

/**
 * Two versions of the program in one store (rule L4): the older one does not know discounts. What a
 * program can read is what its schemas name, so a device with the older one runs with one fewer.
 */
export type Version = 'older' | 'current'

const UNKNOWN_TO_OLDER = 'order.discount_set'

const schemas: Partial<Record<string, unknown>> = orderEventSchemas
const schema = schemas[UNKNOWN_TO_OLDER]
let running: Version = 'current'

function runFrom(version: Version): void {
  running = version
  if (version === 'current') schemas[UNKNOWN_TO_OLDER] = schema
  else delete schemas[UNKNOWN_TO_OLDER]
}

/** Does something as the program of that version would. */
export function asVersion<T>(version: Version, job: () => T): T {
  if (version === running) return job()
  const before = running
  runFrom(version)
  try {
    return job()
  } finally {
    runFrom(before)
  }
}

/** Whether the screens of that version have a button for it. */
export const hasButton = (version: Version, { type }: OrderCommand): boolean =>
  version === 'current' || type !== 'setDiscount'

/** A store as the program of that version runs it. */
export function storeOf(version: Version, store: Store): Store {
  if (version === 'current') return store
  return {
    ...store,
    execute: (...args) => asVersion(version, () => store.execute(...args)),
    setRecords: (...args) => asVersion(version, () => store.setRecords(...args)),
    ingest: (...args) => asVersion(version, () => store.ingest(...args)),
    order: (...args) => asVersion(version, () => store.order(...args)),
    orders: (...args) => asVersion(version, () => store.orders(...args)),
  }
}
