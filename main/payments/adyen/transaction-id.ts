/**
 * Adyen knows a transaction by an id and a time, and a refund has to name both, so both are kept as
 * one text. Its long runs of digits are parted, for nothing in the log may look like a card number
 * (rule M4): `BV0q001643892070000.HT8PGTTKKXLBL9X3` becomes `BV0q00164389_2070000.HT8P…~kz6y5gq8`.
 */
export interface PoiTransaction {
  readonly TransactionID: string
  readonly TimeStamp: string
}

const MAX_RUN = 8

export function packTransaction({ TransactionID, TimeStamp }: PoiTransaction): string {
  const time = Date.parse(TimeStamp)
  const packed = Number.isNaN(time) ? '' : time.toString(36)
  return `${parted(TransactionID)}~${parted(packed)}`
}

/** Null: it was never ours to read. */
export function unpackTransaction(packed: string): PoiTransaction | null {
  const match = /^([^~]+)~([0-9a-z_]+)$/.exec(packed)
  if (!match) return null
  const [, id = '', time = ''] = match
  const at = Number.parseInt(time.replaceAll('_', ''), 36)
  return { TransactionID: id.replaceAll('_', ''), TimeStamp: new Date(at).toISOString() }
}

const parted = (text: string): string =>
  text.replaceAll(/\d{9,}/g, (run) => run.match(new RegExp(`\\d{1,${MAX_RUN}}`, 'g'))!.join('_'))
