import { z } from 'zod'
import { EVENT_TYPES } from './event.ts'
import { pageOf, pageQuery, text, timeIn, timeOut } from './values.ts'

/** Every change with who, where, when, why and who approved it: the log, newest first. */

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

const filters = {
  actor: text(160)
    .optional()
    .meta({ description: 'As the log has it: `staff:ID`, `token:LABEL`, …' }),
  device_id: text(80).optional(),
  order_id: text(120).optional(),
  types: z
    .string()
    .max(1_000)
    .transform((list) => list.split(',').map((type) => type.trim()))
    .pipe(z.array(z.enum(EVENT_TYPES)).min(1))
    .optional()
    .meta({ description: 'A comma list of event types: entries with one of them.' }),
  approved: flag
    .optional()
    .meta({ description: 'Only what a manager approved for somebody, or not.' }),
  from: timeIn.optional().meta({ description: 'Written at or after.' }),
  to: timeIn.optional().meta({ description: 'Written before.' }),
}

export const auditQuery = pageQuery.extend(filters)
export const auditExportQuery = z.strictObject({
  ...filters,
  format: z.enum(['csv', 'json']).default('csv'),
})
export type AuditFilter = Omit<z.output<typeof auditQuery>, 'limit' | 'cursor'>

export const auditLine = z
  .strictObject({
    id: z.string().meta({ description: 'The log that it stands in, and its number there.' }),
    at: timeOut,
    actor: z.string(),
    actor_name: z.string().nullable(),
    device_id: z.string().nullable(),
    device_name: z.string().nullable(),
    approved_by: z.string().nullable(),
    approved_by_name: z.string().nullable(),
    reason: z.string().nullable(),
    order_id: z.string().nullable(),
    signed: z.boolean().meta({ description: 'By its device, or by what follows in the same log.' }),
    events: z.array(
      z.strictObject({ type: z.enum(EVENT_TYPES), data: z.record(z.string(), z.unknown()) }),
    ),
  })
  .meta({ id: 'AuditLine' })
export type AuditLine = z.infer<typeof auditLine>

export const auditPage = pageOf(auditLine).meta({
  description:
    'A page may hold fewer lines than asked for, and be empty, while there is more: so many entries are looked through at one time.',
})
