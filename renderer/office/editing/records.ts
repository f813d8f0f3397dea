import { z } from 'zod'
import { INVENTORY_SETTINGS_ID, STORE_RECORD_ID, type EditedKind } from '../../../domain/catalog.ts'
import { MAX_PAGE } from '../../../protocol/limits.ts'
import { recordOut, type RecordOut } from '../../../protocol/rest/records.ts'
import { pageOf } from '../../../protocol/rest/values.ts'
import { useAnswer, type Question, type Shown } from '../answers.ts'
import type { OfficeClient, Outcome } from '../client.ts'
import { readPages } from '../pages.ts'

/** How the centre gives a kind: as a list of its own, among all records of the menu, or as the one there is. */
type Source = { readonly path: string } & (
  | { readonly shape: 'list' | 'records' }
  | { readonly shape: 'single'; readonly id: string }
)

const list = (path: string): Source => ({ path: `/api/v1/${path}`, shape: 'list' })
const records = (kind: string): Source => ({
  path: `/api/v1/menu/records/${kind}`,
  shape: 'records',
})
const single = (path: string, id: string): Source => ({
  path: `/api/v1/${path}`,
  shape: 'single',
  id,
})

/** The kinds that have a form here. What else is edited by sets of changes comes from files and programs. */
const SOURCES = {
  menu_item: list('menu/items'),
  modifier_group: list('menu/modifier-groups'),
  category: list('menu/categories'),
  tax_rate: list('tax-rates'),
  station: list('stations'),
  dining_table: list('tables'),
  room: list('rooms'),
  course: list('courses'),
  combo: records('combo'),
  price_level: records('price_level'),
  sale_times: records('sale_times'),
  item_details: records('item_details'),
  channel_tax: records('channel_tax'),
  ingredient: records('ingredient'),
  item_recipe: records('item_recipe'),
  modifier_recipe: records('modifier_recipe'),
  inventory_settings: records('inventory_settings'),
  item_picture: records('item_picture'),
  staff: list('staff'),
  message_text: list('message-texts'),
  store: single('store', STORE_RECORD_ID),
  pacing: single('settings/pacing', STORE_RECORD_ID),
  receipt_text: single('settings/receipt-text', STORE_RECORD_ID),
} as const satisfies Partial<Record<EditedKind, Source>>
export type FormKind = keyof typeof SOURCES
const FORM_KINDS = Object.keys(SOURCES) as readonly FormKind[]

/** Of these a store has one, under this id. */
export const SINGLE_IDS = {
  store: STORE_RECORD_ID,
  pacing: STORE_RECORD_ID,
  receipt_text: STORE_RECORD_ID,
  inventory_settings: INVENTORY_SETTINGS_ID,
} as const satisfies Partial<Record<FormKind, string>>
export type SingleKind = keyof typeof SINGLE_IDS

/** What a store sells, taxes, seats and employs, as it counts now. */
export type Records = { readonly [K in FormKind]: readonly RecordRow<K>[] }

export interface RecordRow<K extends FormKind> {
  readonly id: string
  readonly value: RecordOut<K>
}

const EVERY_MS = 60_000
const NAMES_EVERY_MS = 5 * 60_000

/** All records that can be edited. Small beside one page of orders, and each form needs most of them. */
export function useRecords(storeId: string): Shown<Records> & { readonly records: Records | null } {
  const shown = useAnswer(recordsOf(storeId), EVERY_MS)
  return { ...shown, records: shown.value }
}

/** Those of one kind, for their names. */
export const useRecordsOf = <K extends FormKind>(
  storeId: string,
  kind: K,
): readonly RecordRow<K>[] | null =>
  useAnswer(
    {
      key: `records ${storeId} ${kind}`,
      ask: (client, signal) => readKind(client, kind, storeId, signal),
    },
    NAMES_EVERY_MS,
  ).value as readonly RecordRow<K>[] | null

const recordsOf = (storeId: string): Question<Records> => ({
  key: `records ${storeId}`,
  ask: async (client, signal) => {
    const found = await Promise.all(
      FORM_KINDS.map((kind) => readKind(client, kind, storeId, signal)),
    )
    const rows: Rows[] = []
    for (const outcome of found) {
      if (outcome.ok) rows.push(outcome.value)
      // What this role may not read is not there for it: staff, for those who manage none.
      else if (outcome.failure.status === 403) rows.push([])
      else return outcome
    }
    const pairs = FORM_KINDS.map((kind, place) => [kind, rows[place]])
    return { ok: true, value: Object.fromEntries(pairs) as unknown as Records }
  },
})

type Rows = readonly RecordRow<FormKind>[]

async function readKind(
  client: OfficeClient,
  kind: FormKind,
  storeId: string,
  signal: AbortSignal,
): Promise<Outcome<Rows>> {
  const source: Source = SOURCES[kind]
  const { path } = source
  const schema = recordOut[kind]
  if (source.shape === 'single') {
    const outcome = await client.call({ path, storeId, schema: schema as z.ZodType }, signal)
    if (!outcome.ok) return outcome
    return { ok: true, value: [{ id: source.id, value: outcome.value }] as Rows }
  }
  const call = { path, query: { limit: String(MAX_PAGE) }, storeId }
  if (source.shape === 'records') {
    const row = z.object({ id: z.string(), value: schema as z.ZodType })
    const outcome = await readPages(client, { ...call, schema: pageOf(row) }, signal)
    return outcome.ok ? { ok: true, value: outcome.value.data as Rows } : outcome
  }
  // Not strict: an item's list says more of it than what is edited.
  const row = z.object({ id: z.string(), ...schema.shape })
  const outcome = await readPages(client, { ...call, schema: pageOf(row) }, signal)
  if (!outcome.ok) return outcome
  const rows = outcome.value.data.map(({ id, ...value }) => ({ id, value }))
  return { ok: true, value: rows as unknown as Rows }
}
