import type { Clock } from '../../domain/clock.ts'
import { derivedId } from '../../domain/ids.ts'
import type { JournalEvent } from '../../domain/journal.ts'

/** What somebody says of the stock: counted, delivered or wasted, of one thing or of many at once. */
export type StockWish =
  | {
      readonly kind: 'count'
      /** Null: nobody follows it from here on. */
      readonly lines: readonly { readonly subject: string; readonly amountMilli: number | null }[]
      readonly note: string | null
    }
  | { readonly kind: 'delivery'; readonly lines: readonly Moved[]; readonly note: string | null }
  | { readonly kind: 'waste'; readonly lines: readonly Moved[]; readonly reason: string }

interface Moved {
  readonly subject: string
  readonly amountMilli: number
}

/** The lines of one command, which speak of the moment at which they are written. */
export function stockEvents(commandId: string, wish: StockWish, clock: Clock): JournalEvent[] {
  const shell = (subject: string, index: number) =>
    ({ type: 'journal.written', id: derivedId(commandId, index), about: subject }) as const
  switch (wish.kind) {
    case 'count':
      return wish.lines.map(({ subject, amountMilli }, index) => ({
        ...shell(subject, index),
        kind: 'stock_counted',
        value: { clock, amountMilli, note: wish.note },
      }))
    case 'delivery':
      return wish.lines.map(({ subject, amountMilli }, index) => ({
        ...shell(subject, index),
        kind: 'stock_delivered',
        value: { clock, amountMilli, note: wish.note },
      }))
    case 'waste':
      return wish.lines.map(({ subject, amountMilli }, index) => ({
        ...shell(subject, index),
        kind: 'stock_wasted',
        value: { clock, amountMilli, reason: wish.reason },
      }))
  }
}
