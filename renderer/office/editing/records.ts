import { z } from 'zod'
import { STORE_RECORD_ID, type EditedKind } from '../../../domain/catalog.ts'
import { MAX_PAGE } from '../../../protocol/limits.ts'
import { recordOut, type RecordOut } from '../../../protocol/rest/records.ts'
import { pageOf } from '../../../protocol/rest/values.ts'
import { useAnswer, type Question, type Shown } from '../answers.ts'
import type { OfficeClient, Outcome } from '../client.ts'
import { readPages } from '../pages.ts'

/** The kinds that have a form here. What else is edited by sets of changes comes from files and programs. */
const FORM_KINDS = [
  'menu_item',
  'modifier_group',
  'category',
  'tax_rate',
  'station',
  'dining_table',
  'ingredient',
  'staff',
  'store',
] as const satisfies readonly EditedKind[]
export type FormKind = (typeof FORM_KINDS)[number]

/** What a store sells, taxes, seats and employs, as it counts now. */
export type Records = { readonly [K in FormKind]: readonly RecordRow<K>[] }

export interface RecordRow<K extends FormKind> {
  readonly id: string
  readonly value: RecordOut<K>
}

const PATHS: Readonly<Record<FormKind, string>> = {
  menu_item: '/api/v1/menu/items',
  modifier_group: '/api/v1/menu/modifier-groups',
  category: '/api/v1/menu/categories',
  tax_rate: '/api/v1/tax-rates',
  station: '/api/v1/stations',
  dining_table: '/api/v1/tables',
  ingredient: '/api/v1/menu/records/ingredient',
  staff: '/api/v1/staff',
  store: '/api/v1/store',
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
    const rows: (readonly RecordRow<FormKind>[])[] = []
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

async function readKind(
  client: OfficeClient,
  kind: FormKind,
  storeId: string,
  signal: AbortSignal,
): Promise<Outcome<readonly RecordRow<FormKind>[]>> {
  if (kind === 'store') return readSettings(client, storeId, signal)
  if (kind === 'ingredient') return readIngredients(client, storeId, signal)
  const outcome = await readPages(
    client,
    {
      path: PATHS[kind],
      query: { limit: String(MAX_PAGE) },
      storeId,
      // Not strict: an item's list says more of it than what is edited.
      schema: pageOf(z.object({ id: z.string(), ...recordOut[kind].shape })),
    },
    signal,
  )
  if (!outcome.ok) return outcome
  const rows = outcome.value.data.map(({ id, ...value }) => ({ id, value }))
  return { ok: true, value: rows as unknown as readonly RecordRow<FormKind>[] }
}

async function readIngredients(
  client: OfficeClient,
  storeId: string,
  signal: AbortSignal,
): Promise<Outcome<readonly RecordRow<'ingredient'>[]>> {
  const outcome = await readPages(
    client,
    {
      path: PATHS.ingredient,
      query: { limit: String(MAX_PAGE) },
      storeId,
      schema: pageOf(z.object({ id: z.string(), value: recordOut.ingredient })),
    },
    signal,
  )
  return outcome.ok ? { ok: true, value: outcome.value.data } : outcome
}

async function readSettings(
  client: OfficeClient,
  storeId: string,
  signal: AbortSignal,
): Promise<Outcome<readonly RecordRow<'store'>[]>> {
  const outcome = await client.call({ path: PATHS.store, storeId, schema: recordOut.store }, signal)
  return outcome.ok ? { ok: true, value: [{ id: STORE_RECORD_ID, value: outcome.value }] } : outcome
}
