import { z } from 'zod'
import { pacingRecord, type Pacing } from '../../domain/pacing-record.ts'
import { paperLanguageRecord } from '../../domain/language-records.ts'
import { receiptTextRecord } from '../../domain/receipt-text-record.ts'

/** What a store may set beside its record: each is one value, replaced whole. */

const shape = pacingRecord.shape

export const pacingBody = z
  .strictObject({
    prep_minutes: shape.prepMinutes,
    delivery_minutes: shape.deliveryMinutes,
    queue_minutes: shape.queueMinutes,
    max_orders: shape.maxOrders.meta({ description: 'Promised for a quarter of an hour.' }),
    max_items: shape.maxItems,
    lead_minutes: shape.leadMinutes.meta({
      description: 'So long before it is due an order for later goes to the kitchen.',
    }),
  })
  .meta({ id: 'Pacing' })
export type RestPacing = z.infer<typeof pacingBody>

export const pacingToRest = (pacing: Pacing): RestPacing => ({
  prep_minutes: pacing.prepMinutes,
  delivery_minutes: pacing.deliveryMinutes,
  queue_minutes: pacing.queueMinutes,
  max_orders: pacing.maxOrders,
  max_items: pacing.maxItems,
  lead_minutes: pacing.leadMinutes,
})

export const pacingFromRest = (body: RestPacing): Pacing => ({
  prepMinutes: body.prep_minutes,
  deliveryMinutes: body.delivery_minutes,
  queueMinutes: body.queue_minutes,
  maxOrders: body.max_orders,
  maxItems: body.max_items,
  leadMinutes: body.lead_minutes,
})

export const receiptTextBody = receiptTextRecord.meta({
  id: 'ReceiptText',
  description: 'Lines over and under the order on every receipt.',
})

export const paperLanguagesBody = paperLanguageRecord.meta({
  id: 'PaperLanguages',
  description: 'What receipts and the kitchen’s slips are written in.',
})
