import type { Message } from './templates.ts'

/** What a message is handed over as, whoever carries it. */
export interface Letter extends Message {
  /** The same for each try and on each device: who has taken it once does not take it again. */
  readonly id: string
  /** An address of mail, a phone, or a browser's subscription as JSON. */
  readonly to: string
  /** Of a browser: what ends where it is gone. */
  readonly subscriptionId?: string
}

export type Delivery =
  | { readonly kind: 'sent' }
  /** There is no such address any more: nothing is to be sent there again. */
  | { readonly kind: 'gone'; readonly detail: string }
  /** Nobody will ever take it. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** Try again later. */
  | { readonly kind: 'failed'; readonly detail: string }

/** Never throws. What it says of a failure names no guest. */
export type Deliver = (letter: Letter) => Promise<Delivery>
