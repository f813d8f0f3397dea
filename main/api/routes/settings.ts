import { ROLES } from '../../../domain/catalog.ts'
import { PAPER_LANGUAGE_ID, paperLanguages } from '../../../domain/languages.ts'
import type { RecordSet } from '../../../domain/events.ts'
import { PACING_ID, pacingOf } from '../../../domain/pacing.ts'
import { RECEIPT_TEXT_ID, receiptTextOf } from '../../../domain/receipt-text.ts'
import { ok } from '../../../domain/result.ts'
import {
  pacingBody,
  pacingFromRest,
  pacingToRest,
  paperLanguagesBody,
  receiptTextBody,
} from '../../../protocol/rest/settings.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { route, type Call, type Route } from '../route.ts'

const PACING = '/api/v1/settings/pacing'
const RECEIPT_TEXT = '/api/v1/settings/receipt-text'
const PAPER_LANGUAGES = '/api/v1/settings/paper-languages'
const MANAGERS = ['manager', 'admin'] as const

/** Each of these is one record, which is replaced whole. */
const set = (
  {
    store,
    commandId: id,
    at,
    caller,
  }: Pick<Call<unknown, unknown, unknown>, 'store' | 'commandId' | 'at' | 'caller'>,
  record: RecordSet,
) => store.changeRecords({ id, at, actor: caller.actor }, () => ok([record]))

/** What a store says of its promises and of its paper. */
export const settingsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: PACING,
    operationId: 'getPacing',
    summary: 'What guests are told, and how much is promised for a quarter of an hour.',
    roles: ROLES,
    query: noQuery,
    answer: { status: 200, schema: pacingBody },
    handle: async ({ store }) => ok({ body: pacingToRest(pacingOf(await store.catalog())) }),
  }),
  route({
    method: 'PUT',
    path: PACING,
    operationId: 'setPacing',
    summary: 'Says what guests are told, and how much is promised for a quarter of an hour.',
    roles: MANAGERS,
    query: noQuery,
    body: pacingBody,
    answer: { status: 200, schema: pacingBody },
    handle: async (call) => {
      await set(call, {
        type: 'record.set',
        kind: 'pacing',
        id: PACING_ID,
        value: pacingFromRest(call.body),
      })
      return ok({ body: call.body })
    },
  }),
  route({
    method: 'GET',
    path: RECEIPT_TEXT,
    operationId: 'getReceiptText',
    summary: 'What stands on every receipt over and under the order.',
    roles: ROLES,
    query: noQuery,
    answer: { status: 200, schema: receiptTextBody },
    handle: async ({ store }) => ok({ body: receiptTextOf(await store.catalog()) }),
  }),
  route({
    method: 'PUT',
    path: RECEIPT_TEXT,
    operationId: 'setReceiptText',
    summary: 'Says what stands on every receipt over and under the order.',
    roles: MANAGERS,
    query: noQuery,
    body: receiptTextBody,
    answer: { status: 200, schema: receiptTextBody },
    handle: async (call) => {
      await set(call, {
        type: 'record.set',
        kind: 'receipt_text',
        id: RECEIPT_TEXT_ID,
        value: call.body,
      })
      return ok({ body: call.body })
    },
  }),
  route({
    method: 'GET',
    path: PAPER_LANGUAGES,
    operationId: 'getPaperLanguages',
    summary: 'What receipts and the kitchen’s slips are written in.',
    roles: ROLES,
    query: noQuery,
    answer: { status: 200, schema: paperLanguagesBody },
    handle: async ({ store }) => ok({ body: paperLanguages(await store.catalog()) }),
  }),
  route({
    method: 'PUT',
    path: PAPER_LANGUAGES,
    operationId: 'setPaperLanguages',
    summary: 'Says what receipts and the kitchen’s slips are written in.',
    roles: MANAGERS,
    query: noQuery,
    body: paperLanguagesBody,
    answer: { status: 200, schema: paperLanguagesBody },
    handle: async (call) => {
      await set(call, {
        type: 'record.set',
        kind: 'paper_language',
        id: PAPER_LANGUAGE_ID,
        value: call.body,
      })
      return ok({ body: call.body })
    },
  }),
]
