import type { z } from 'zod'
import { PASSWORD_PATH, SESSION_PATH, STORE_HEADER } from '../../protocol/office/paths.ts'
import { problem } from '../../protocol/rest/problem.ts'

/** Calls to the centre. Each answers with what its schema describes or with why there is none. */
export interface OfficeClient {
  readonly call: <T>(call: Call<T>, signal?: AbortSignal) => Promise<Outcome<T>>
  /** What is no JSON: a picture. */
  readonly file: (call: FileCall, signal?: AbortSignal) => Promise<Outcome<Blob>>
}

export type FileCall = Pick<Call<unknown>, 'path' | 'storeId'>

export interface Call<T> {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  /** The store that it is about; absent: about no single one. */
  readonly storeId?: string
  readonly body?: unknown
  /** An id made where the key was pressed, so that a repeat does it once (rule L5). */
  readonly idempotencyKey?: string
  /** The version that was seen: a change is refused where somebody else was there in between. */
  readonly ifVersion?: number
  readonly schema: z.ZodType<T>
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

export interface Failure {
  /** The problem's stable code, or one of the page's own: `unreachable`, `unreadable_answer`. */
  readonly code: string
  readonly detail: string
  readonly status: number | null
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}

/** Past this the centre counts as not answering. */
const TIMEOUT_MS = 20_000

interface ClientDeps {
  readonly fetch: typeof fetch
  /** The session is over: whoever is at the screen signs in again. */
  readonly onExpired: () => void
}

export function createOfficeClient({ fetch, onExpired }: ClientDeps): OfficeClient {
  const told = <T>(call: Pick<Call<unknown>, 'path'>, outcome: Outcome<T>): Outcome<T> => {
    if (!outcome.ok && isSessionOver(call, outcome.failure)) onExpired()
    return outcome
  }
  return {
    call: async (call, signal) =>
      told(call, await send(fetch, call, signal, (response) => read(response, call.schema))),
    file: async (call, signal) => told(call, await send(fetch, call, signal, readFile)),
  }
}

/** A wrong password is answered with 401 as well, and is no session that has ended. */
const isSessionOver = (call: Pick<Call<unknown>, 'path'>, failure: Failure): boolean =>
  failure.status === 401 && call.path !== SESSION_PATH && call.path !== PASSWORD_PATH

async function send<T>(
  fetch: ClientDeps['fetch'],
  call: Omit<Call<unknown>, 'schema'>,
  signal: AbortSignal | undefined,
  readAnswer: (response: Response) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await fetch(addressOf(call), {
      method: call.method ?? 'GET',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: headersOf(call),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    })
    return await readAnswer(response)
  } catch {
    return { ok: false, failure: UNREACHABLE }
  }
}

const UNREACHABLE: Failure = {
  code: 'unreachable',
  detail: 'The centre does not answer. Look at the connection and try again.',
  status: null,
  errors: [],
}

/** Where a browser finds it: also the address behind a link to a file. */
export function addressOf(call: Pick<Call<unknown>, 'path' | 'query'>): string {
  const query = Object.entries(call.query ?? {}).filter((pair): pair is [string, string] =>
    Boolean(pair[1]),
  )
  const text = new URLSearchParams(query).toString()
  return `${call.path}${text === '' ? '' : `?${text}`}`
}

const headersOf = (call: Omit<Call<unknown>, 'schema'>): Record<string, string> => ({
  accept: 'application/json, application/problem+json, image/*',
  ...(call.storeId !== undefined && { [STORE_HEADER]: call.storeId }),
  ...(call.body !== undefined && { 'content-type': 'application/json' }),
  ...(call.ifVersion !== undefined && { 'if-match': `"${String(call.ifVersion)}"` }),
  ...(call.idempotencyKey !== undefined && { 'idempotency-key': call.idempotencyKey }),
})

async function read<T>(response: Response, schema: z.ZodType<T>): Promise<Outcome<T>> {
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null)
  if (!response.ok) return { ok: false, failure: failureOf(response.status, body) }
  const parsed = schema.safeParse(body)
  if (parsed.success) return { ok: true, value: parsed.data }
  return {
    ok: false,
    failure: {
      code: 'unreadable_answer',
      detail: 'The centre answers in a way that this page does not know. Load the page again.',
      status: response.status,
      errors: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    },
  }
}

async function readFile(response: Response): Promise<Outcome<Blob>> {
  if (response.ok) return { ok: true, value: await response.blob() }
  const body: unknown = await response.json().catch(() => null)
  return { ok: false, failure: failureOf(response.status, body) }
}

function failureOf(status: number, body: unknown): Failure {
  const parsed = problem.safeParse(body)
  if (!parsed.success) {
    return { ...UNREACHABLE, status, detail: `The centre could not answer (${String(status)}).` }
  }
  const { code, detail, errors = [] } = parsed.data
  return { code, detail, status, errors }
}
