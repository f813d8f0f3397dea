import { ERASED_CUSTOMER, LOCKED_CUSTOMER, type ShownCustomer } from '../../domain/customer.ts'
import type { JournalEvent } from '../../domain/journal.ts'
import type { Language, NoticeChannel } from '../../domain/notices.ts'
import type { GuestBook } from './guest-book.ts'

/** A customer as he is shown to those who serve guests. */
export interface KnownCustomer {
  readonly id: string
  readonly customer: ShownCustomer
  readonly language: Language | null
  /** Where he does not want to be written to. */
  readonly unwanted: readonly NoticeChannel[]
  readonly writtenAt: string | null
  readonly erasedAt: string | null
}

/** Null: nothing was ever written of one with this id. */
export function knownCustomer(book: GuestBook, customerId: string): KnownCustomer | null {
  const { written, erasedAt, unwanted } = book.record(customerId)
  if (written === null && erasedAt === null) return null
  return {
    id: customerId,
    customer: erasedAt === null ? (book.details(customerId) ?? LOCKED_CUSTOMER) : ERASED_CUSTOMER,
    language: written?.value.language ?? null,
    unwanted,
    writtenAt: written?.at ?? null,
    erasedAt,
  }
}

/**
 * Guests of orders from before customers had keys have no record. All of one phone are taken for one,
 * whose id says what the phone hashes to.
 */
const LEGACY = 'legacy-'
export const legacyIdOf = (phoneHash: string): string => `${LEGACY}${phoneHash}`
export const phoneHashOfLegacy = (customerId: string): string | null =>
  customerId.startsWith(LEGACY) ? customerId.slice(LEGACY.length) : null

export const erasureOf = (customerId: string, orderIds: readonly string[]): JournalEvent => ({
  type: 'journal.written',
  kind: 'customer_erased',
  id: customerId,
  about: customerId,
  value: { orderIds: [...orderIds] },
})

/** What changes on which channels the customer is written to. Nothing where it is so already. */
export function noticeLines(
  book: GuestBook,
  customerId: string,
  wishes: Partial<Record<NoticeChannel, boolean>>,
  newId: () => string,
): JournalEvent[] {
  const { unwanted, nextVersion } = book.record(customerId)
  return (Object.entries(wishes) as [NoticeChannel, boolean][])
    .filter(([channel, wanted]) => unwanted.includes(channel) === wanted)
    .map(([channel, wanted], index) => ({
      type: 'journal.written',
      kind: 'customer_notices',
      id: newId(),
      about: customerId,
      value: { version: nextVersion + index, channel, wanted },
    }))
}
