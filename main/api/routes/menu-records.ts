import { z } from 'zod'
import { ROLES, type RecordValue } from '../../../domain/catalog.ts'
import { ok } from '../../../domain/result.ts'
import {
  MENU_RECORD_KINDS,
  menuRecordOut,
  menuRecordToRest,
} from '../../../protocol/rest/menu-records.ts'
import { pageOf, pageQuery } from '../../../protocol/rest/values.ts'
import { currencyOf } from '../order-calls.ts'
import { pageOfAll } from '../paging.ts'
import { route, type Route } from '../route.ts'

type Kind = (typeof MENU_RECORD_KINDS)[number]

const value = z.union(MENU_RECORD_KINDS.map((kind) => menuRecordOut[kind]))
const record = z.strictObject({ id: z.string(), value })

/** What has no list of its own. It is changed by sets, like everything (see changes.ts). */
export const menuRecordRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/menu/records/{kind}',
    operationId: 'listMenuRecords',
    summary:
      'Combos, price levels, taxes by channel, sale times, details of items, ingredients and recipes, as they count now. They are changed by POST /api/v1/menu/changes.',
    roles: ROLES,
    params: z.strictObject({ kind: z.enum(MENU_RECORD_KINDS) }),
    query: pageQuery,
    answer: { status: 200, schema: pageOf(record) },
    handle: async ({ store, params: { kind }, query }) => {
      const catalog = await store.catalog()
      const currency = currencyOf(catalog)
      const all = [...catalog[kind]].map(([id, one]) => ({ id, value: shown(kind, one, currency) }))
      const page = pageOfAll(all, ({ id }) => [id], query)
      return page.ok ? ok({ body: page.value }) : page
    },
  }),
]

const shown = (kind: Kind, one: RecordValue<Kind>, currency: string): z.output<typeof value> =>
  (menuRecordToRest[kind] as (of: RecordValue<Kind>, currency: string) => z.output<typeof value>)(
    one,
    currency,
  )
