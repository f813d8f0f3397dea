import {
  NOTICE_CHANNELS,
  NOTICE_EVENTS,
  type NoticeChannel,
  type NoticeEvent,
} from '../../../domain/notices.ts'
import type { JournalLine } from '../../../domain/journal.ts'
import { ok } from '../../../domain/result.ts'
import {
  inboundSmsAnswer,
  inboundSmsIn,
  notificationList,
  notificationQuery,
  type RestNotification,
} from '../../../protocol/rest/notification.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { route, type Route } from '../route.ts'

const NOTIFICATIONS = '/api/v1/notifications'

/** Messages to guests, and what guests answer. */
export const notificationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: NOTIFICATIONS,
    operationId: 'listNotifications',
    summary: 'The newest messages to guests that any device has sent, or tried to.',
    roles: ['manager', 'admin', 'service'],
    query: notificationQuery,
    answer: { status: 200, schema: notificationList },
    handle: async ({ store, query }) =>
      ok({ body: { data: notificationsOf(await store.noticeLines(query.limit), query.limit) } }),
  }),
  route({
    method: 'POST',
    path: `${NOTIFICATIONS}/inbound-sms`,
    operationId: 'takeInboundSms',
    summary: 'STOP from a guest’s phone ends messages to it, START begins them again.',
    roles: ['service', 'admin'],
    query: noQuery,
    body: inboundSmsIn,
    answer: { status: 200, schema: inboundSmsAnswer },
    handle: async ({ store, caller, body, commandId, at }) => {
      const wanted = wordOf(body.text)
      if (wanted === null) return ok({ body: { understood: null } })
      const stamp = { id: commandId, at, actor: caller.actor }
      await store.setNotices(stamp, { phone: body.from }, { sms: wanted })
      return ok({ body: { understood: wanted ? 'start' : 'stop' } })
    },
  }),
]

const STOP_WORDS = [
  'stop',
  'stopall',
  'unsubscribe',
  'end',
  'quit',
  'stopp',
  'alto',
  'arret',
  'arrêt',
]
const START_WORDS = ['start', 'unstop', 'yes']

/** Null: a guest said something else, for people to read. */
function wordOf(text: string): boolean | null {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '')
  if (STOP_WORDS.includes(word)) return false
  return START_WORDS.includes(word) ? true : null
}

/** One for each message: its end, or else who has it now. */
function notificationsOf(lines: readonly JournalLine[], limit: number): RestNotification[] {
  const byId = new Map<string, RestNotification>()
  const oldestFirst = lines.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  for (const line of oldestFirst) {
    const id = line.id.replace(/(\/again)+$/, '')
    const [event, channel] = id.slice(line.about.length + 1).split('/')
    if (!isEvent(event) || !isChannel(channel)) continue
    const known = byId.get(id)
    const shared = { id, order_id: line.about, event, channel, at: line.at }
    if (line.kind === 'notice_claimed' && (known === undefined || known.status === 'sending')) {
      const { deviceId } = line.value
      byId.set(id, { ...shared, status: 'sending', device_id: deviceId, tries: 0, detail: null })
    } else if (line.kind === 'notice_ended') {
      const { outcome, tries, detail } = line.value
      const device_id = known?.device_id ?? null
      byId.set(id, { ...shared, status: outcome, device_id, tries, detail })
    }
  }
  return [...byId.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, limit)
}

const isEvent = (word: string | undefined): word is NoticeEvent =>
  (NOTICE_EVENTS as readonly (string | undefined)[]).includes(word)
const isChannel = (word: string | undefined): word is NoticeChannel =>
  (NOTICE_CHANNELS as readonly (string | undefined)[]).includes(word)
