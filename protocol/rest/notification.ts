import { z } from 'zod'
import { NOTICE_CHANNELS, NOTICE_EVENTS, NOTICE_OUTCOMES } from '../../domain/notices.ts'
import { text, timeOut } from './values.ts'

export const notificationQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const notification = z
  .strictObject({
    id: z.string(),
    order_id: z.string(),
    event: z.enum(NOTICE_EVENTS),
    channel: z.enum(NOTICE_CHANNELS),
    status: z.enum(['sending', ...NOTICE_OUTCOMES]),
    device_id: z.string().nullable().meta({ description: 'Which device has it.' }),
    tries: z.int(),
    detail: z.string().nullable(),
    at: timeOut,
  })
  .meta({ id: 'Notification', description: 'A message to a guest, without a word of the guest.' })
export type RestNotification = z.infer<typeof notification>

export const notificationList = z.strictObject({ data: z.array(notification) })

export const inboundSmsIn = z
  .strictObject({ from: text(40).min(1), text: text(1_000) })
  .meta({ description: 'An SMS that a guest sent, as the provider passes it on.' })

export const inboundSmsAnswer = z.strictObject({
  understood: z.enum(['stop', 'start']).nullable(),
})
