/** Bounds of what this device tells others (rule P3). */

export const MAX_WEBHOOKS = 20
/** Who has not answered by then has not taken it. */
export const WEBHOOK_TIMEOUT_MS = 10_000
export const WEBHOOK_RETRY_MIN_MS = 5_000
export const WEBHOOK_RETRY_MAX_MS = 3_600_000
/** Who fails for so long is told nothing more, until somebody says so. */
export const WEBHOOK_GIVE_UP_MS = 3 * 86_400_000
export const WEBHOOK_SECRET_BYTES = 32
