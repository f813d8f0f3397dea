import { ROLES, type Catalog, type Role } from '../../../domain/catalog.ts'
import { readSubject } from '../../../domain/inventory.ts'
import { ok, refuse } from '../../../domain/result.ts'
import { stockList, type StockRow } from '../../../domain/stock-list.ts'
import {
  countIn,
  deliveryIn,
  stockAnswer,
  stockPage,
  stockQuery,
  wasteIn,
  type RestStockRow,
} from '../../../protocol/rest/inventory.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import type { StockWish } from '../../inventory/stock-lines.ts'
import { pageOfAll } from '../paging.ts'
import { problemOf, type FieldError } from '../problems.ts'
import { route, type Call, type Route } from '../route.ts'

const INVENTORY = '/api/v1/inventory'
const MANAGERS: readonly Role[] = ['manager', 'admin']

/** What is in stock, and what people say of it. What is sold is taken from it by itself. */
export const inventoryRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: INVENTORY,
    operationId: 'listStock',
    summary: 'Every ingredient, and the items that somebody follows, with what is left of them.',
    roles: ROLES,
    query: stockQuery,
    answer: { status: 200, schema: stockPage },
    handle: async ({ store, query }) => {
      const rows = stockList(await store.catalog(), await store.stock())
      const shown = rows.filter(
        ({ low, oversold, levelMilli }) =>
          query.state === undefined ||
          (query.state === 'low' && low) ||
          (query.state === 'oversold' && oversold) ||
          (query.state === 'followed' && levelMilli !== null),
      )
      const page = pageOfAll(
        shown.map(rowToRest),
        ({ kind, name, subject }) => [kind, name, subject],
        query,
      )
      return page.ok ? ok({ body: page.value }) : page
    },
  }),
  route({
    method: 'POST',
    path: `${INVENTORY}/counts`,
    operationId: 'countStock',
    summary: 'Says how much is there now; from here on it is followed. "Six left" is a count.',
    roles: MANAGERS,
    query: noQuery,
    body: countIn,
    answer: { status: 200, schema: stockAnswer },
    handle: (call) => {
      const lines = call.body.lines.map((line) => ({
        subject: line.subject,
        amountMilli: line.amount_milli,
      }))
      return write(call, { kind: 'count', lines, note: call.body.note ?? null })
    },
  }),
  route({
    method: 'POST',
    path: `${INVENTORY}/deliveries`,
    operationId: 'deliverStock',
    summary: 'Says what came in.',
    roles: MANAGERS,
    query: noQuery,
    body: deliveryIn,
    answer: { status: 200, schema: stockAnswer },
    handle: (call) => {
      const lines = call.body.lines.map((line) => ({
        subject: line.subject,
        amountMilli: line.amount_milli,
      }))
      return write(call, { kind: 'delivery', lines, note: call.body.note ?? null })
    },
  }),
  route({
    method: 'POST',
    path: `${INVENTORY}/waste`,
    operationId: 'wasteStock',
    summary: 'Says what was thrown away, and why.',
    roles: MANAGERS,
    query: noQuery,
    body: wasteIn,
    answer: { status: 200, schema: stockAnswer },
    handle: (call) => {
      const lines = call.body.lines.map((line) => ({
        subject: line.subject,
        amountMilli: line.amount_milli,
      }))
      return write(call, { kind: 'waste', lines, reason: call.body.reason })
    },
  }),
]

async function write(call: Call<unknown, unknown, unknown>, wish: StockWish) {
  const { store, commandId: id, at, caller } = call
  const errors = unknownSubjects(await store.catalog(), wish)
  const [first] = errors
  if (first !== undefined) {
    return refuse(problemOf('validation_failed', `${first.path}: ${first.message}`, { errors }))
  }
  await store.writeStock({ id, at, actor: caller.actor }, wish)
  const subjects = new Set(wish.lines.map(({ subject }) => subject))
  const rows = stockList(await store.catalog(), await store.stock())
  return ok({
    body: { data: rows.filter(({ subject }) => subjects.has(subject)).map(rowToRest) },
  })
}

function unknownSubjects(catalog: Catalog, { lines }: StockWish): FieldError[] {
  return lines.flatMap(({ subject }, index) => {
    const path = `lines.${index}.subject`
    const named = readSubject(subject)
    const isKnown =
      named !== null &&
      (named.kind === 'item' ? catalog.menu_item : catalog.ingredient).has(named.id)
    if (!isKnown) return [{ path, message: `The store has no ${subject}` }]
    const first = lines.findIndex((other) => other.subject === subject)
    return first === index ? [] : [{ path, message: `${subject} stands here twice` }]
  })
}

const rowToRest = (row: StockRow): RestStockRow => ({
  subject: row.subject,
  kind: row.kind,
  id: row.id,
  name: row.name,
  unit: row.unit,
  par_milli: row.parMilli,
  level_milli: row.levelMilli,
  low: row.low,
  oversold: row.oversold,
  delivered_milli: row.deliveredMilli,
  wasted_milli: row.wastedMilli,
  used_milli: row.usedMilli,
  counted_at: row.countedAt,
  counted_by: row.countedBy,
})
