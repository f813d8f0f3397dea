import { z } from 'zod'
import {
  ROLES,
  STORE_RECORD_ID,
  type EditedKind,
  type RecordValue,
  type Role,
} from '../../../domain/catalog.ts'
import { MESSAGE_TEXT_IDS } from '../../../domain/message-texts.ts'
import { ok, refuse } from '../../../domain/result.ts'
import {
  changesOut,
  resourceQuery,
  type RecordChangeIn,
  type ResourceQuery,
} from '../../../protocol/rest/changes.ts'
import { recordToRest } from '../../../protocol/rest/record-json.ts'
import { recordId, recordIn, recordOut } from '../../../protocol/rest/records.ts'
import { noQuery, pageOf, pageQuery } from '../../../protocol/rest/values.ts'
import { editRecords } from '../changes/edit-records.ts'
import { inBody } from '../changes/places.ts'
import { currencyOf } from '../order-calls.ts'
import { pageOfAll } from '../paging.ts'
import { problemOf } from '../problems.ts'
import { route, type Call, type Route } from '../route.ts'

/** One record at its own address: the same as a set of changes with one in it. */
interface Resource {
  readonly kind: EditedKind
  readonly path: string
  /** In names of operations, one and many. */
  readonly name: readonly [one: string, many: string]
  /** Null: another file has them, with more beside. */
  readonly lists: readonly Role[] | null
  readonly reads: readonly Role[] | null
  readonly writes: readonly Role[]
  /** Absent: any text can be one. */
  readonly ids?: z.ZodType<string>
}

const MANAGERS = ['manager', 'admin'] as const
const ADMINS = ['admin'] as const

const RESOURCES: readonly Resource[] = [
  {
    kind: 'menu_item',
    path: '/api/v1/menu/items',
    name: ['MenuItem', 'MenuItems'],
    lists: null,
    reads: null,
    writes: MANAGERS,
  },
  {
    kind: 'modifier_group',
    path: '/api/v1/menu/modifier-groups',
    name: ['ModifierGroup', 'ModifierGroups'],
    lists: null,
    reads: ROLES,
    writes: MANAGERS,
  },
  {
    kind: 'category',
    path: '/api/v1/menu/categories',
    name: ['Category', 'Categories'],
    lists: ROLES,
    reads: ROLES,
    writes: MANAGERS,
  },
  {
    kind: 'tax_rate',
    path: '/api/v1/tax-rates',
    name: ['TaxRate', 'TaxRates'],
    lists: ROLES,
    reads: ROLES,
    writes: MANAGERS,
  },
  {
    kind: 'station',
    path: '/api/v1/stations',
    name: ['Station', 'Stations'],
    lists: ROLES,
    reads: ROLES,
    writes: MANAGERS,
  },
  {
    kind: 'dining_table',
    path: '/api/v1/tables',
    name: ['Table', 'Tables'],
    lists: null,
    reads: ROLES,
    writes: MANAGERS,
  },
  {
    kind: 'table_place',
    path: '/api/v1/table-places',
    name: ['TablePlace', 'TablePlaces'],
    lists: ROLES,
    reads: ROLES,
    writes: MANAGERS,
  },
  {
    kind: 'room',
    path: '/api/v1/rooms',
    name: ['Room', 'Rooms'],
    lists: ROLES,
    reads: ROLES,
    writes: MANAGERS,
  },
  {
    kind: 'course',
    path: '/api/v1/courses',
    name: ['Course', 'Courses'],
    lists: ROLES,
    reads: ROLES,
    writes: MANAGERS,
  },
  {
    kind: 'staff',
    path: '/api/v1/staff',
    name: ['Staff', 'Staff'],
    lists: MANAGERS,
    reads: MANAGERS,
    writes: ADMINS,
  },
  {
    kind: 'message_text',
    path: '/api/v1/message-texts',
    name: ['MessageText', 'MessageTexts'],
    lists: MANAGERS,
    reads: MANAGERS,
    writes: MANAGERS,
    ids: z.enum(MESSAGE_TEXT_IDS),
  },
]

export const recordRoutes: readonly Route[] = [...RESOURCES.flatMap(routesOf), ...settingsRoutes()]

function routesOf(resource: Resource): Route[] {
  const { kind, path, lists, reads, writes, ids = recordId } = resource
  const [one, many] = resource.name
  const params = z.strictObject({ id: ids })
  const words = kind.replaceAll('_', ' ')
  const shown = z.strictObject({ id: z.string(), ...recordOut[kind].shape })
  return [
    ...(lists === null
      ? []
      : [
          route({
            method: 'GET',
            path,
            operationId: `list${many}`,
            summary: `Each ${words} of the store, as it counts now.`,
            roles: lists,
            query: pageQuery,
            answer: { status: 200, schema: pageOf(shown as z.ZodType<Shown>) },
            handle: async ({ store, query }) => {
              const catalog = await store.catalog()
              const all = [...catalog[kind]].map(([id, value]) =>
                shownOf(kind, id, value, currencyOf(catalog)),
              )
              const page = pageOfAll(
                all,
                ({ id, position, name }) => [position ?? name ?? '', id],
                query,
              )
              return page.ok ? ok({ body: page.value }) : page
            },
          }),
        ]),
    ...(reads === null
      ? []
      : [
          route({
            method: 'GET',
            path: `${path}/{id}`,
            operationId: `get${one}`,
            summary: `One ${words}, as it counts now.`,
            roles: reads,
            params,
            query: noQuery,
            answer: { status: 200, schema: shown as z.ZodType<Shown> },
            handle: async ({ store, params: { id } }) => {
              const catalog = await store.catalog()
              const value = catalog[kind].get(id)
              return value === undefined
                ? refuse(unknown(words, id))
                : ok({ body: shownOf(kind, id, value, currencyOf(catalog)) })
            },
          }),
        ]),
    route({
      method: 'PUT',
      path: `${path}/{id}`,
      operationId: `put${one}`,
      summary: `Makes or replaces a ${words}, at once or from a date on.`,
      roles: writes,
      params,
      query: resourceQuery,
      body: recordIn[kind],
      answer: { status: 200, schema: changesOut },
      handle: (call) => edit(call, { kind, id: call.params.id, value: call.body }),
    }),
    route({
      method: 'DELETE',
      path: `${path}/{id}`,
      operationId: `delete${one}`,
      summary: `Takes a ${words} away, at once or from a date on.`,
      roles: writes,
      params,
      query: resourceQuery,
      answer: { status: 200, schema: changesOut },
      handle: async (call) => {
        const { id } = call.params
        const isKnown = (await call.store.recordVersions()).some(
          (version) => version.kind === kind && version.id === id,
        )
        return isKnown ? edit(call, { kind, id, value: null }) : refuse(unknown(words, id))
      },
    }),
  ]
}

function settingsRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/store',
      operationId: 'getStore',
      summary: 'The settings of the store, as they count now.',
      roles: ROLES,
      query: noQuery,
      answer: { status: 200, schema: recordOut.store },
      handle: async ({ store }) => {
        const settings = (await store.catalog()).store.get(STORE_RECORD_ID)
        return settings === undefined
          ? refuse(problemOf('store_not_loaded', 'The store has not arrived here yet.'))
          : ok({ body: recordToRest('store', settings, settings.currency) })
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v1/store',
      operationId: 'putStore',
      summary: 'Replaces the settings of the store, at once or from a date on.',
      roles: ADMINS,
      query: resourceQuery,
      body: recordIn.store,
      answer: { status: 200, schema: changesOut },
      handle: (call) => edit(call, { kind: 'store', id: STORE_RECORD_ID, value: call.body }),
    }),
  ]
}

async function edit(
  call: Call<unknown, ResourceQuery, unknown>,
  change: { readonly kind: EditedKind; readonly id: string; readonly value: unknown },
) {
  const edited = await editRecords(call, {
    changes: [change as RecordChangeIn],
    validFrom: call.query.valid_from,
    isDryRun: call.query.dry_run === 'true',
    place: inBody,
  })
  return edited.ok ? ok({ body: edited.value }) : edited
}

interface Shown {
  readonly id: string
  readonly position?: number
  readonly name?: string
}

const shownOf = (
  kind: EditedKind,
  id: string,
  value: RecordValue<EditedKind>,
  currency: string,
): Shown => ({ id, ...recordToRest(kind, value, currency) }) as unknown as Shown

const unknown = (words: string, id: string) =>
  problemOf('record_not_found', `The store has no ${words} ${id}.`)
