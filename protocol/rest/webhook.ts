import { z } from 'zod'
import { EVENT_TYPES } from './event.ts'
import { text, timeOut } from './values.ts'

/** Whom this device tells of what happens in the store, by calling an address. */

const position = z.string().max(100_000)

export const webhookIn = z.strictObject({
  url: text(2_000).min(8).meta({
    format: 'uri',
    description: 'https, or http on this computer. No redirect is followed.',
  }),
  types: z
    .array(z.enum(EVENT_TYPES))
    .min(1)
    .optional()
    .meta({ description: 'Absent: every event.' }),
  include_guests: z
    .boolean()
    .default(false)
    .meta({ description: 'Tell names, phones, e-mails and addresses too, in the clear.' }),
  position: position
    .optional()
    .meta({ description: 'Begin after here, or `start` for all there is. Absent: from now on.' }),
})

export const resumeWebhookIn = z
  .strictObject({ position: position.optional() })
  .optional()
  .meta({ description: 'From a position on, or without one from where it stopped.' })

export const webhook = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    types: z.array(z.enum(EVENT_TYPES)).nullable(),
    include_guests: z.boolean(),
    state: z.enum(['active', 'failing', 'disabled']),
    disabled_because: z.string().nullable(),
    position: z.string().meta({ description: 'Of the last event that was taken.' }),
    failures: z.int().meta({ description: 'In a row.' }),
    failing_since: timeOut.nullable(),
    next_try_at: timeOut.nullable(),
    last_failure: z.string().nullable(),
    last_delivered_at: timeOut.nullable(),
    device_id: z.string().meta({ description: 'The device that tells it: this one.' }),
    created_at: timeOut,
    created_by: z.string(),
  })
  .meta({ id: 'Webhook' })
export type RestWebhook = z.infer<typeof webhook>

export const createdWebhook = webhook
  .extend({
    secret: z.string().meta({
      description: 'Each message is signed with it, by Standard Webhooks. It is shown here alone.',
    }),
  })
  .meta({ id: 'CreatedWebhook' })

export const webhookList = z.strictObject({ data: z.array(webhook) })
export const webhookParams = z.strictObject({ id: text(120).min(1) })
