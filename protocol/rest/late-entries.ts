import { z } from 'zod'
import { RECORD_KINDS } from '../../domain/catalog.ts'
import type { LateEntries } from '../screens.ts'
import { idIn } from './values.ts'

const lateEntries = z
  .strictObject({
    device_id: z.string(),
    device_name: z.string(),
    origin: z.string().meta({ description: 'Which log of the device.' }),
    from_seq: z.int(),
    to_seq: z.int(),
    orders: z
      .array(z.strictObject({ id: z.string(), order_number: z.string() }))
      .meta({ description: 'Orders that it touched; the first 20 of them.' }),
    record_kinds: z.array(z.enum(RECORD_KINDS)).meta({ description: 'Reference data it changed.' }),
    unread: z.int().meta({ description: 'Entries beyond those that were looked into.' }),
  })
  .meta({ id: 'LateEntries' })

export const lateEntriesList = z.strictObject({ data: z.array(lateEntries) })

export const acceptLateIn = z.strictObject({
  origin: idIn,
  up_to: z.int().min(1).meta({ description: 'The last number that was looked at: `to_seq`.' }),
})

export const lateToRest = (late: LateEntries): z.infer<typeof lateEntries> => ({
  device_id: late.deviceId,
  device_name: late.deviceName,
  origin: late.origin,
  from_seq: late.fromSeq,
  to_seq: late.toSeq,
  orders: late.orders.map(({ id, number }) => ({ id, order_number: number })),
  record_kinds: [...late.recordKinds],
  unread: late.unread,
})
