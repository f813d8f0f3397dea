/** Bounds of printing (rule P3): a printer may cost nobody but itself. */

/** A printer on the network of one house answers within milliseconds, or is off. */
export const CONNECT_TIMEOUT_MS = 3_000
/** How long a printer may take to say how it is. Many cheap ones never do. */
export const STATUS_TIMEOUT_MS = 1_000
/** No byte was taken for so long: out of paper in the middle, or gone. */
export const WRITE_TIMEOUT_MS = 10_000
/** After the last byte: until the printer says that all of it is out. */
export const PRINTED_TIMEOUT_MS = 20_000
/** What a printer may say to us in one job. */
export const MAX_ANSWER_BYTES = 4_096

/** Between two tries. */
export const RETRY_MIN_MS = 1_000
export const RETRY_MAX_MS = 30_000
/** How often a printer that has nothing to do is asked how it is. */
export const PROBE_EVERY_MS = 30_000

/** Jobs that wait for one printer; then the oldest receipt, report or test page is dropped. */
export const MAX_WAITING = 200
/** With nothing of that kind among them, so many; then the oldest of all is dropped. */
export const MAX_WAITING_ESSENTIAL = 1_000
/** A drawer that opens later than this opens in front of nobody. */
export const DRAWER_WAIT_MS = 10_000

/** Tickets fired longer ago are not printed any more: the device was off for so long. */
export const MAX_TICKET_AGE_MS = 12 * 3_600_000
/** So long it is remembered that a ticket, and a receipt, was printed. */
export const REMEMBER_MS = 90 * 86_400_000
export const FORGET_EVERY_MS = 3_600_000
/** Of those, in memory; the rest is asked of the disk. */
export const MAX_REMEMBERED_KEYS = 10_000

/** How often tickets are looked at that nobody may have seen. */
export const LOOK_EVERY_MS = 1_000
