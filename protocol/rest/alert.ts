import { z } from 'zod'
import { ALERT_KINDS } from '../../domain/alert-kinds.ts'
import type { Alert } from '../../domain/alerts.ts'
import { text, timeOut } from './values.ts'

export const alert = z
  .strictObject({
    id: z.string(),
    kind: z.enum(ALERT_KINDS),
    subject: z
      .string()
      .nullable()
      .meta({ description: 'The order, the printer, or what is in stock.' }),
    name: z.string(),
    detail: z.string().nullable(),
    since: timeOut.nullable(),
    acknowledged: z.strictObject({ by: z.string(), at: timeOut }).nullable(),
  })
  .meta({ id: 'Alert', description: 'What somebody has to look at. It ends when its cause does.' })

export const alertList = z.strictObject({ data: z.array(alert) })
export const acknowledgeIn = z.strictObject({ id: text(120).min(1) })

export const alertToRest = ({ id, kind, subject, name, detail, since, acknowledged }: Alert) => ({
  ...{ id, kind, subject, name, detail, since },
  acknowledged: acknowledged && { by: acknowledged.by, at: acknowledged.at },
})
