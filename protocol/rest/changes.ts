import { z } from 'zod'
import { EDITED_KINDS, type EditedKind } from '../../domain/catalog.ts'
import { MAX_CHANGES } from '../limits.ts'
import { recordId, recordIn, recordOut } from './records.ts'
import { pageOf, pageQuery, timeOut } from './values.ts'

/**
 * Changes of reference data: all that is sold, taxes, stations, tables, recipes, staff and the store's
 * settings, at once or from a date on. `POST /api/v1/menu/changes` takes all of a set or
 * nothing of it, as one entry of the log; with `dry_run=true` it writes nothing and says what would
 * be. `GET` lists what is scheduled.
 */

/**
 * A moment, with any offset, or a business day, which stands for its beginning in the store's own
 * zone and at the hour that the store chose.
 */
export const validFromIn = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .meta({ description: 'A moment, or a business day (YYYY-MM-DD). Left out: at once.' })

const changeIn = <K extends EditedKind>(kind: K) =>
  z.strictObject({ kind: z.literal(kind), id: recordId, value: z.nullable(recordIn[kind]) })

export const recordChangeIn = z.discriminatedUnion('kind', [
  changeIn('menu_item'),
  changeIn('modifier_group'),
  changeIn('category'),
  changeIn('tax_rate'),
  changeIn('station'),
  changeIn('dining_table'),
  changeIn('staff'),
  changeIn('store'),
  changeIn('combo'),
  changeIn('price_level'),
  changeIn('channel_tax'),
  changeIn('sale_times'),
  changeIn('item_details'),
  changeIn('ingredient'),
  changeIn('item_recipe'),
  changeIn('modifier_recipe'),
  changeIn('inventory_settings'),
  changeIn('room'),
  changeIn('table_place'),
  changeIn('course'),
  changeIn('pacing'),
  changeIn('receipt_text'),
  changeIn('message_text'),
  changeIn('item_picture'),
])
export type RecordChangeIn = z.output<typeof recordChangeIn>

export const changesIn = z
  .strictObject({
    valid_from: validFromIn.optional(),
    changes: z.array(recordChangeIn).min(1).max(MAX_CHANGES),
  })
  .meta({
    description:
      'All of it is taken, or nothing. A value is whole; null removes the record. The one record of a kind that describes the store as a whole (store, pacing, receipt_text, inventory_settings) has the id `store`.',
  })

const flagIn = z.enum(['true', 'false']).default('false')
export const changesQuery = z.strictObject({ dry_run: flagIn })

/** Of one record at its own address. */
export const resourceQuery = changesQuery.extend({ valid_from: validFromIn.optional() })
export type ResourceQuery = z.output<typeof resourceQuery>

export const CHANGE_WORDS = ['added', 'changed', 'removed', 'unchanged'] as const

/** One member of a value that differs. A PIN is named and never shown. */
const changedField = z.strictObject({
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
})

const changeOut = <K extends EditedKind>(kind: K) =>
  z.strictObject({
    kind: z.literal(kind),
    id: z.string(),
    change: z.enum(CHANGE_WORDS),
    /** What would count at that moment without this change; null: there is no such record. */
    before: z.nullable(recordOut[kind]),
    after: z.nullable(recordOut[kind]),
    fields: z.array(changedField),
    /** Null: at once. */
    valid_from: timeOut.nullable(),
    /** When the next scheduled change of the same record takes over; null: none is scheduled. */
    valid_until: timeOut.nullable(),
  })

const changeOuts = [
  changeOut('menu_item'),
  changeOut('modifier_group'),
  changeOut('category'),
  changeOut('tax_rate'),
  changeOut('station'),
  changeOut('dining_table'),
  changeOut('staff'),
  changeOut('store'),
  changeOut('combo'),
  changeOut('price_level'),
  changeOut('channel_tax'),
  changeOut('sale_times'),
  changeOut('item_details'),
  changeOut('ingredient'),
  changeOut('item_recipe'),
  changeOut('modifier_recipe'),
  changeOut('inventory_settings'),
  changeOut('room'),
  changeOut('table_place'),
  changeOut('course'),
  changeOut('pacing'),
  changeOut('receipt_text'),
  changeOut('message_text'),
  changeOut('item_picture'),
] as const

export const recordChange = z.discriminatedUnion('kind', changeOuts).meta({ id: 'RecordChange' })
export type RecordChange = z.infer<typeof recordChange>

/** Where it lies in what was sent (`changes.0.value.tax_rate_id`), and what is wrong there. */
const fault = z.strictObject({ path: z.string(), message: z.string() })

export const changesOut = z
  .strictObject({
    dry_run: z.boolean(),
    valid_from: timeOut.nullable(),
    changes: z.array(recordChange),
    /** Of a dry run alone: with any of them nothing would be taken. */
    faults: z.array(fault),
  })
  .meta({ id: 'RecordChanges' })
export type ChangesOut = z.infer<typeof changesOut>

/** `change_id` names what can be taken back. */
export const scheduledChange = z
  .strictObject({
    change_id: z.string(),
    valid_from: timeOut,
    made_at: timeOut,
    change: recordChange,
  })
  .meta({ id: 'ScheduledChange' })
export type RestScheduledChange = z.infer<typeof scheduledChange>

export const scheduledQuery = pageQuery.extend({ kind: z.enum(EDITED_KINDS).optional() })
export const scheduledPage = pageOf(scheduledChange)

export const withdrawIn = z
  .strictObject({ change_ids: z.array(z.string().min(1).max(500)).min(1).max(MAX_CHANGES) })
  .meta({ description: 'Scheduled changes that are not to come: all of them, or none.' })
export const withdrawOut = z.strictObject({ withdrawn: z.int() })
