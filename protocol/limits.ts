/** Every bound on what crosses a boundary, in one place (rule P3). */

/** Entries in one frame between peers and in one upload; also one transaction at the receiver. */
export const MAX_ENTRIES_PER_FRAME = 500
/** Bytes of entry bodies after which a frame is closed, even with few entries. */
export const FRAME_TARGET_BYTES = 1_000_000
/** What a peer's socket accepts as one message; a larger one closes the connection. */
export const MAX_FRAME_BYTES = 3_000_000
/** Frames of entries that may be unanswered on one connection. */
export const MAX_FRAMES_IN_FLIGHT = 4
/** Bytes of one entry's body. Fifty lines with all modifiers come to a tenth of it. */
export const MAX_ENTRY_BYTES = 1_000_000
/** Runs that one device tells another of, the newest. A run a day for each origin lasts for years. */
export const MAX_RUNS_TOLD = 20_000
/** Keys of customers in one frame, and ids that are asked for in one. */
export const MAX_KEYS_PER_FRAME = 500
/** Entries which a peer may name in a frontier: one per origin the store ever had. */
export const MAX_ORIGINS = 4_000

export const MAX_PEERS = 64
export const PING_EVERY_MS = 500
export const PEER_SILENT_AFTER_MS = 1_600
/** Other devices' entries are offered this much later than one's own: most have them by then. */
export const RELAY_AFTER_MS = 300
export const RECONNECT_MIN_MS = 200
export const RECONNECT_MAX_MS = 10_000

export const UPLOAD_RETRY_MIN_MS = 500
export const UPLOAD_RETRY_MAX_MS = 30_000
export const UPLOAD_TIMEOUT_MS = 30_000
export const MAX_UPLOAD_BYTES = 16_000_000

export const MAX_REST_BODY_BYTES = 1_000_000
export const MAX_PAGE = 200
export const DEFAULT_PAGE = 50

/** Of one set of changes to reference data, which is one entry of the log too. */
export const MAX_CHANGES = 1_000
/** Dates for which something may be scheduled at one time: each is looked through for faults. */
export const MAX_SCHEDULED_DATES = 200
/** How far ahead a change may be scheduled. */
export const MAX_VALID_FROM_AHEAD_MS = 2 * 366 * 86_400_000
/** PINs set at once: each is hashed, at some tens of milliseconds. */
export const MAX_NEW_PINS = 20
/** Faults that are told of one set; more would not help. */
export const MAX_FAULTS_TOLD = 50

/** Calls from one screen that may wait for an answer. */
export const MAX_CALLS_IN_FLIGHT = 64
export const MAX_SCREEN_MESSAGE_BYTES = 1_000_000
/** Bytes waiting in a slow listener's socket, after which it is cut off and has to resume. */
export const MAX_BUFFERED_BYTES = 4_000_000

export const PAIRING_CODE_TTL_MS = 120_000
export const PAIRING_TRIES = 3
/** How long a manager's approval waits to be used, and how many of them do. */
export const APPROVAL_TTL_MS = 60_000
export const MAX_APPROVALS = 100

/** Of a store's log on its way down: entries and bytes of one answer. */
export const MAX_SHAPE_ENTRIES = 1_000
export const MAX_SHAPE_BYTES = 2_000_000
/** How long a call that waits for news is kept waiting. Electric's own is 20 s. */
export const SHAPE_LIVE_MS = 20_000
/** How long one stream of server-sent events goes on. */
export const SHAPE_STREAM_MS = 60_000
/** Calls of one store that wait for news at a centre's process. */
export const MAX_SHAPE_WAITING = 100
