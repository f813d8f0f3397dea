import { z } from 'zod'
import { ORDER_EVENT_TYPES, RECORD_EVENT_TYPES } from '../../domain/events.ts'
import { pageOf, timeOut } from './values.ts'

export const EVENT_TYPES = [...ORDER_EVENT_TYPES, ...RECORD_EVENT_TYPES, 'journal.written'] as const
export type EventType = (typeof EVENT_TYPES)[number]

const fact = z.strictObject({
  id: z.string().meta({ description: 'Origin, number and place in the entry: never twice.' }),
  type: z.enum(EVENT_TYPES),
  order_id: z.string().nullable(),
  at: timeOut,
  origin: z.string(),
  seq: z.int(),
  actor: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type RestEvent = z.infer<typeof fact>

export const historyPage = pageOf(fact)

/** One message of the feed. Its position names whole entries, so only the last of an entry has it. */
export const feedMessage = fact
  .extend({
    position: z
      .string()
      .optional()
      .meta({ description: 'Resume after here, from any device of the store.' }),
  })
  .meta({ id: 'FeedMessage' })
export type FeedMessage = z.infer<typeof feedMessage>

const eventTypes = z
  .string()
  .max(1_000)
  .transform((list) => list.split(',').map((type) => type.trim()))
  .pipe(z.array(z.enum(EVENT_TYPES)).min(1))

export const feedQuery = z.strictObject({
  position: z.string().max(100_000).optional().meta({
    description: '`position` of the last message held; `start` for all that there ever was.',
  }),
  types: eventTypes.optional().meta({ description: 'A comma list of event types.' }),
  access_token: z.string().max(200).optional().meta({
    description:
      'For an EventSource in a browser, which cannot send a header. URLs end up in logs: prefer the Authorization header, or the WebSocket subprotocol `bearer.<token>`.',
  }),
})
