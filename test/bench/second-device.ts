/** What the process of a second device tells the bench. */
export type DeviceMessage =
  | { readonly type: 'ready'; readonly port: number }
  /** An order is durable there. */
  | { readonly type: 'applied'; readonly orderId: string; readonly atNs: string }
  /** It holds all that the first device has. */
  | { readonly type: 'caughtUp'; readonly orders: number; readonly peakMb: number }

/**
 * A message to a rival's second device is the id of the order that it tells of, or as many blanks
 * where it is a part of everything, and then the bytes; after the last part comes an empty message.
 */
export const ID_LENGTH = 36
