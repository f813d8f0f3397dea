import { createHash } from 'node:crypto'
import type { Row } from './tables.ts'

/**
 * One SHA-256 over all projected business tables, equal on every holder of the same entries. Tables
 * come in the order of `DIGEST_TABLES`, rows in the binary order of their keys.
 */
export const DIGEST_TABLES = [
  'orders',
  'order_items',
  'order_item_uses',
  'order_modifiers',
  'order_status_history',
  'order_payments',
  'order_payment_intents',
  'order_tickets',
  'order_conflicts',
  'records',
  'journal',
] as const

export interface Digest {
  readonly table: (name: string) => void
  readonly row: (cells: Row) => void
  readonly hex: () => string
}

export function createDigest(): Digest {
  const hash = createHash('sha256')
  return {
    table: (name) => void hash.update(`${name}\n`),
    row: (cells) => void hash.update(`${JSON.stringify(cells)}\n`),
    hex: () => hash.digest('hex'),
  }
}
