import type { RecordKind } from './catalog.ts'

/**
 * What does not hold together in a store's reference data: an item whose tax rate is not there could
 * not be sold, and two tables with one number are one table to the cook.
 */
export interface CatalogFault {
  /** The records that it lies between; the first is where it shows. */
  readonly about: readonly RecordPlace[]
  readonly message: string
}

/** `member` leads into the record's value, with dots; absent: the record as a whole. */
export interface RecordPlace {
  readonly kind: RecordKind
  readonly id: string
  readonly member?: string
}
