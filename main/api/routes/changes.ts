import { ok } from '../../../domain/result.ts'
import {
  changesIn,
  changesOut,
  changesQuery,
  scheduledPage,
  scheduledQuery,
  withdrawIn,
  withdrawOut,
} from '../../../protocol/rest/changes.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { editRecords } from '../changes/edit-records.ts'
import { inList } from '../changes/places.ts'
import { decideWithdrawal, scheduledChanges } from '../changes/scheduled.ts'
import { currencyOf } from '../order-calls.ts'
import { pageOfAll } from '../paging.ts'
import { route, type Route } from '../route.ts'

const CHANGES = '/api/v1/menu/changes'
const MANAGERS = ['manager', 'admin'] as const

/** Reference data as people edit it: seen beforehand, at once or from a date on. */
export const changeRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: CHANGES,
    operationId: 'changeRecords',
    summary:
      'Changes of the menu, taxes, stations and tables, and by an admin of staff and settings: all of them or none, at once or from a date on. With `dry_run=true` nothing is written, and what would be is told with every fault.',
    roles: MANAGERS,
    query: changesQuery,
    body: changesIn,
    answer: { status: 200, schema: changesOut },
    handle: async (call) => {
      const { body, query } = call
      const edited = await editRecords(call, {
        changes: body.changes,
        validFrom: body.valid_from,
        isDryRun: query.dry_run === 'true',
        place: inList('changes'),
      })
      return edited.ok ? ok({ body: edited.value }) : edited
    },
  }),
  route({
    method: 'GET',
    path: CHANGES,
    operationId: 'listScheduledChanges',
    summary: 'What is scheduled to change, the next first.',
    roles: MANAGERS,
    query: scheduledQuery,
    answer: { status: 200, schema: scheduledPage },
    handle: async ({ store, query, at }) => {
      const currency = currencyOf(await store.catalog())
      const all = scheduledChanges(await store.recordVersions(), Date.parse(at), currency)
      const page = pageOfAll(
        all.filter(({ change }) => query.kind === undefined || change.kind === query.kind),
        ({ valid_from: from, change }) => [from, change.kind, change.id],
        query,
      )
      return page.ok ? ok({ body: page.value }) : page
    },
  }),
  route({
    method: 'POST',
    path: `${CHANGES}/withdraw`,
    operationId: 'withdrawChanges',
    summary: 'Takes scheduled changes back before their date: all of them, or none.',
    roles: MANAGERS,
    query: noQuery,
    body: withdrawIn,
    answer: { status: 200, schema: withdrawOut },
    handle: async ({ store, body, caller, commandId, at, isRepeat }) => {
      const answer = ok({ body: { withdrawn: body.change_ids.length } })
      if (isRepeat) return answer
      const withdrawn = await store.changeRecords(
        { id: commandId, at, actor: caller.actor },
        (_catalog, _frontier, versions) =>
          decideWithdrawal(body.change_ids, versions, Date.parse(at), caller.role),
      )
      return withdrawn.ok ? answer : withdrawn
    },
  }),
]
