/** How long a mail server or a provider may take. */
export const DELIVERY_TIMEOUT_MS = 15_000
/** Tries of one message, in one process. */
export const MAX_TRIES = 6
export const RETRY_MIN_MS = 5_000
export const RETRY_MAX_MS = 5 * 60_000
/** How often the outbox is looked through where nothing happens. */
export const LOOK_EVERY_MS = 1_000
/** Orders that are looked after at one time, the newest. */
export const MAX_WATCHED = 2_000
/** Messages under way at one time. */
export const MAX_AT_ONCE = 4
