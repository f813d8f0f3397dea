import { createJournal } from '../../db/sqlite/journal.ts'
import type { Connection } from '../../db/sqlite/connection.ts'
import type { Config } from '../config.ts'
import { bad, good, type Finding } from './finding.ts'

const DAY_MS = 86_400_000
/** Of the last day, the newest. */
const MAX_LOOKED_AT = 1_000
const FEWEST_MESSAGES = 3
const TOO_MANY_FAIL = 0.2

/** Whether guests hear of their orders. */
export function lookAtNotices(
  connection: Connection,
  { notifications: { enabled, channels, email, sms } }: Pick<Config, 'notifications'>,
  nowMs: number,
): Finding {
  const ways = [
    ...(email !== null && channels.includes('email') ? ['mail'] : []),
    ...(sms !== null && channels.includes('sms') ? ['SMS'] : []),
  ]
  if (!enabled || ways.length === 0) {
    return good('messages', 'This device writes to no guests (notifications in its configuration).')
  }
  const since = new Date(nowMs - DAY_MS).toISOString()
  const ended = createJournal(connection)
    .newest('notice_ended', MAX_LOOKED_AT)
    .flatMap((line) => (line.kind === 'notice_ended' && line.at >= since ? [line.value] : []))
  const failed = ended.filter(({ outcome, tries }) => outcome !== 'sent' && tries > 0)
  const says = `This device writes to guests by ${ways.join(' and ')}; ${failed.length} of ${ended.length} messages of the last 24 hours did not go out.`
  if (failed.length < FEWEST_MESSAGES || failed.length <= ended.length * TOO_MANY_FAIL) {
    return good('messages', says)
  }
  const reasons = [...new Set(failed.map(({ detail }) => detail ?? 'too late'))].join('; ')
  return bad(
    'messages',
    `${says} Why: ${reasons}.`,
    'See that this device reaches the internet, then that notifications.email and .sms in its configuration name the right server, user and password. GET /api/v1/notifications has each message.',
  )
}
