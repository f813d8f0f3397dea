import { MAX_ORIGINS } from '../protocol/limits.ts'

/** Bounds of the carriers that nobody else has to know (rule P3). Shared ones: protocol/limits.ts. */

/** How often a session is told the time; `have` frames are gathered for as long. */
export const TICK_MS = 100
/** A tick this late means that we were away ourselves: the other gets a whole new wait. */
export const LATE_TICK_MS = 1_000
/** How long a frame of entries may stay unanswered before the connection counts as broken. */
export const ACK_WAIT_MS = 30_000
/** How often entries of one origin may be refused before this connection stops offering them. */
export const MAX_REFUSALS = 3
/** Ends of branches that one connection remembers of the other: what its hello may name, and as many shown since. */
export const MAX_TIPS = 3 * MAX_ORIGINS
/** While someone else feeds the other an origin it lacks, relaying it waits at most this long. */
export const FED_WAIT_MAX_MS = 3_000
/** Pings without an answer that are remembered. */
export const MAX_OPEN_PINGS = 8
/** Round trips of which the quickest tells the drift. */
export const DRIFT_SAMPLES = 8

/** Frames above this size are compressed on their way. */
export const COMPRESS_ABOVE_BYTES = 4_096
/**
 * On a network of one house an address answers within milliseconds or not at all. A call that waits
 * longer would sleep through the moment at which the cable is in again.
 */
export const CONNECT_TIMEOUT_MS = 600
/** A socket that has to be opened, or closed by the other side, within this time. */
export const DIAL_TIMEOUT_MS = 3_000
/** How long ago a device may have answered at an address for it to be called without long waits. */
export const QUICK_FOR_MS = 3_600_000
/** The longest such wait: what was apart is together again within a second. */
export const QUICK_RETRY_MAX_MS = 200
/**
 * Where the machine itself has asked for the address in vain, for seconds: calling again is what makes
 * it ask again.
 */
export const UNREACHABLE_RETRY_MS = 50
export const CLOSE_WAIT_MS = 500
/** A session of this length counts as a good one: the next dial starts without back-off. */
export const GOOD_SESSION_MS = 5_000
/** Sockets of one address that have not shown who they are yet: a stranger fills no more places. */
export const MAX_UNPROVEN_PER_ADDRESS = 32
/** Callers of one address that were refused within a while, after which it is not listened to. */
export const MAX_REFUSED_PER_ADDRESS = 50
export const REFUSED_WINDOW_MS = 10_000
/** Sockets at one time, members' and strangers'. */
export const MAX_PEER_SOCKETS = 512
/** Sessions with one member at one time: one that stays, and others that are about to be settled. */
export const MAX_SOCKETS_PER_MEMBER = 8
/** A caller has to have proved its key, and then to have asked for a session, within this time. */
export const PROVE_WAIT_MS = 5_000
export const MAX_PAIR_MESSAGE_BYTES = 4_096
/** The whole conversation of a joining. */
export const PAIR_TIMEOUT_MS = 10_000
/** Joinings at one time: more than a person can read codes for. */
export const MAX_PAIRINGS = 4

/** Devices that a joining page offers: what is found is anybody's word. */
export const MAX_FOUND_MEMBERS = 20
export const BROWSE_EVERY_MS = 5_000
/** How often the machine is asked for its interfaces: one may have come, or have a new address. */
export const INTERFACES_EVERY_MS = 500
export const UNPUBLISH_WAIT_MS = 500

/** Other devices' entries go upstream this much later: their writer probably sends them itself. */
export const UPLOAD_RELAY_AFTER_MS = 2_000
/** Before other devices' entries are uploaded, the centre's frontier must be no older than this. */
export const FRONTIER_FRESH_MS = 1_000
/** The centre is asked for its frontier this often when there is nothing to send. */
export const UPLOAD_POLL_MS = 5_000
/** So long after an entry was written here, somebody is selling, and a backlog goes up more slowly: */
export const SELLING_FOR_MS = 3_000
/** in smaller uploads, each of which costs this device no longer than a tap, */
export const MAX_ENTRIES_WHILE_SELLING = 100
/** and with a rest after each, as long as it took and no longer than this. */
export const MAX_YIELD_MS = 1_000
/** Ranges in one upload, as `protocol/upstream.ts` accepts them. */
export const MAX_RANGES_PER_UPLOAD = 200
/** A page of orders that have left, each with all its entries. */
export const MAX_LOOK_UP_ANSWER_BYTES = 16_000_000
/** Somebody waits for it. */
export const LOOK_UP_TIMEOUT_MS = 5_000
export const MAX_UPLOAD_ANSWER_BYTES = 1_000_000

/** Between two tries to read the log at the centre. */
export const DOWN_RETRY_MIN_MS = 500
export const DOWN_RETRY_MAX_MS = 10_000
/** How old the position may be at which the reading would go on after a crash. */
export const DOWN_POSITION_EVERY_MS = 10_000
/** Entries that came from the centre before those that they follow. */
export const MAX_EARLY_ENTRIES = 50_000

/** How long a member that misbehaved is not heard: doubled each time, up to the longest. */
export const PENALTY_MIN_MS = 1_000
export const PENALTY_MAX_MS = 60_000
/** Where its entries did not chain. */
export const PENALTY_BROKEN_MAX_MS = 5_000

/** What a member may cost us with what is of no use: so much at once, and a fiftieth of all time. */
export const PATIENCE_MS = 20
export const PATIENCE_PER_MS = 0.02
/** The same for all members together, as soon as one has used half of its own. */
export const COMMON_PATIENCE_MS = 40
export const COMMON_PATIENCE_PER_MS = 0.03
/** Shorter than the silence after which a link counts as lost. */
export const PAUSE_MAX_MS = 1_000
/** Pauses without anything new in between, after which a member counts as misbehaving. */
export const PAUSED_TOO_LONG_MS = 10_000
/** More entries than that are read for one peer only in its turn among those that lack as many. */
export const MUCH_TO_READ = 50

/** Keys of customers that are lacked here are asked for at the centre this often. */
export const KEYS_POLL_MS = 1_000
/** Where there is nothing to bring or to ask for; a change wakes it. */
export const KEYS_IDLE_MS = 60_000
