/** Bounds of the REST API beside those in protocol/limits.ts (rule P3). */

export const MAX_IDEMPOTENCY_KEY = 200
/** Path parameters: ids that were derived from a command's id are the longest. */
export const MAX_PARAM_LENGTH = 200
/** A request that has not come whole by then is given up. */
export const REQUEST_TIMEOUT_MS = 30_000
/** What is thrown away of a body that is refused, so that its sender can read the answer. */
export const MAX_DISCARDED_BYTES = 32_000_000
export const MAX_DISCARD_MS = 3_000

/** Commands of one job, and jobs that wait. */
export const MAX_JOB_COMMANDS = 1_000
export const MAX_WAITING_JOBS = 20
/** What failed for a fault of this device is tried again: so often, and later each time. */
export const MAX_JOB_TRIES = 6
export const JOB_RETRY_MIN_MS = 1_000
export const JOB_RETRY_MAX_MS = 60_000
/** Between two commands of jobs everybody else has a turn, at least for as long as the command took. */
export const JOB_PAUSE_MS = 5
/** A job that is over is told of for so long. */
export const KEEP_JOBS_MS = 7 * 86_400_000

/** Numbers that two entries claim: one is a case for support already. */
export const MAX_HELD_BACK_LISTED = 100

/** Orders of one business day: a lane for 700 cars an hour has 16,800. */
export const MAX_REPORT_ORDERS = 20_000

/** Listeners of the events feed at one time. */
export const MAX_LISTENERS = 200
/** Entries read from the log in one go for one listener. */
export const FEED_PAGE_ENTRIES = 100
export const FEED_PAGE_BYTES = 500_000
export const LISTENER_PING_MS = 15_000
/** A listener that takes nothing of what waits for it for this long is cut off. */
export const LISTENER_STALL_MS = 30_000
/** Listeners have nothing to say; a longer message closes the connection. */
export const MAX_LISTENER_MESSAGE_BYTES = 1_024
