import type { Store } from '../../../db/sqlite/store.ts'
import type { ListedToken, Tokens } from '../../../db/sqlite/tokens.ts'
import { derivedId } from '../../../domain/ids.ts'
import type { JournalEvent } from '../../../domain/journal.ts'
import { ok, refuse } from '../../../domain/result.ts'
import {
  madeToken,
  tokenIn,
  tokenOut,
  tokenPage,
  tokenParams,
} from '../../../protocol/rest/token.ts'
import { noQuery, pageQuery } from '../../../protocol/rest/values.ts'
import { pageOfAll } from '../paging.ts'
import { problemOf } from '../problems.ts'
import { route, type Call, type Route } from '../route.ts'

const TOKENS = '/api/v1/tokens'
const ADMINS = ['admin'] as const

/** The bearer tokens of this device. Who made and ended which stands in the journal. */
export function tokenRoutes(
  tokens: Tokens,
  store: Pick<Store, 'deviceId' | 'writeJournal'>,
): Route[] {
  /** False: this very command was taken before (rule L5). */
  function note(
    { commandId: id, at, caller }: Call<unknown, unknown, unknown>,
    line: Pick<JournalEvent, 'kind' | 'value'>,
  ): boolean {
    const about = store.deviceId
    const event = { type: 'journal.written', id: derivedId(id, 0), about, ...line } as JournalEvent
    const written = store.writeJournal({ id, at, actor: caller.actor }, () => ok([event]))
    return written.ok && !written.value.taken
  }

  return [
    route({
      method: 'GET',
      path: TOKENS,
      operationId: 'listTokens',
      summary: 'The bearer tokens of this device, without what opens anything.',
      roles: ADMINS,
      query: pageQuery,
      answer: { status: 200, schema: tokenPage },
      handle: ({ query }) => {
        const page = pageOfAll(tokens.list().map(toRest), (t) => [t.created_at, t.id], query)
        return page.ok ? ok({ body: page.value }) : page
      },
    }),
    route({
      method: 'POST',
      path: TOKENS,
      operationId: 'createToken',
      summary: 'Draws a bearer token for this device. It is shown once.',
      roles: ADMINS,
      query: noQuery,
      body: tokenIn,
      answer: { status: 201, schema: madeToken },
      handle: (call) => {
        const { role, label } = call.body
        const token = tokens.create(role, label, call.at)
        const id = tokens.idOf(token)
        const { deviceId } = store
        const isNew = note(call, {
          kind: 'token_made',
          value: { deviceId, tokenId: id, role, label },
        })
        if (!isNew) {
          tokens.end(id)
          return refuse(problemOf('answer_was_shown_once', SHOWN))
        }
        const headers = { 'cache-control': 'no-store' }
        return ok({ body: { id, role, label, created_at: call.at, token }, headers })
      },
    }),
    route({
      method: 'DELETE',
      path: `${TOKENS}/{id}`,
      operationId: 'endToken',
      summary: 'Ends a bearer token of this device, at once.',
      roles: ADMINS,
      params: tokenParams,
      query: noQuery,
      answer: { status: 200, schema: tokenOut },
      handle: (call) => {
        const ended = tokens.end(call.params.id)
        if (ended === null) {
          return refuse(problemOf('token_not_found', 'This device has no such token.'))
        }
        const value = { deviceId: store.deviceId, tokenId: ended.id, label: ended.label }
        note(call, { kind: 'token_ended', value })
        return ok({ body: toRest(ended) })
      },
    }),
  ]
}

const toRest = ({ id, role, label, createdAt }: ListedToken) => ({
  id,
  role,
  label,
  created_at: createdAt,
})

const SHOWN = 'The token of this request was shown to whoever sent it first. Draw another one.'
