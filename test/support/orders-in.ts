import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { DeviceProcess } from './whole-store.ts'

/** A look into a device's file: a command for each look would be slow. */
export function ordersIn({ dir }: DeviceProcess): { readonly held: number; readonly left: number } {
  const db = new Database(join(dir, 'store.db'), { readonly: true })
  try {
    const count = (query: string) => Number(db.prepare(query).pluck().get() ?? 0)
    return {
      held: count('SELECT count(*) FROM orders'),
      left: count(`SELECT value FROM local WHERE key = 'orders_left'`),
    }
  } finally {
    db.close()
  }
}
