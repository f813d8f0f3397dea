import type { Random } from '../simulation/random.ts'
import type { DocumentedOperation, Schema } from './document.ts'
import { SLOW, type Generate } from './generate.ts'
import {
  CONTENT_TYPES,
  deepJson,
  IF_MATCHES,
  NAUGHTY_BODIES,
  NAUGHTY_TEXTS,
  NAUGHTY_VALUES,
  RAW_QUERIES,
  RAW_SEGMENTS,
} from './naughty.ts'
import type { Pool } from './pool.ts'

export interface FuzzRequest {
  readonly method: DocumentedOperation['method']
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string | Buffer
  /** What the path names, and the body as it was before it was written. */
  readonly params: readonly string[]
  readonly body: unknown
}

export interface Requests {
  /** As the document says it should be. */
  readonly valid: (operation: DocumentedOperation) => FuzzRequest
  /** The same with something wrong with it, in one place or in several. */
  readonly broken: (operation: DocumentedOperation) => FuzzRequest
}

interface Draft {
  path: string
  query: string
  headers: Record<string, string>
  payload: string | Buffer | undefined
}

/** Deletions that hit leave nothing to ask about. */
const HIT_SHARE = { DELETE: 0.12, GET: 0.85, POST: 0.9, PUT: 0.85 }
const KEYS = Array.from({ length: 12 }, (_, i) => `key-${i}`)

export function createRequests(deps: {
  readonly random: Random
  readonly pool: Pool
  readonly generate: Generate
  readonly tokenOf: Readonly<Record<string, string>>
}): Requests {
  const { random, pool, generate, tokenOf } = deps
  const roles = Object.keys(tokenOf)

  function paramsOf(operation: DocumentedOperation): string[] {
    const wanted = operation.parameters.filter(({ place }) => place === 'path')
    const known = random.chance(HIT_SHARE[operation.method]) ? pool.params(operation) : null
    return wanted.map(
      ({ schema, name }, i) => known?.[i] ?? (String(generate(schema, name)) || 'x'),
    )
  }

  function queryOf(operation: DocumentedOperation): string {
    const query = new URLSearchParams()
    for (const { place, required, schema, name } of operation.parameters) {
      if (place !== 'query' || (!required && random.chance(0.8))) continue
      query.set(name, String(generate(schema, name)))
    }
    return query.toString()
  }

  function bodyOf(operation: DocumentedOperation): unknown {
    if (operation.body === null) return undefined
    if (!operation.body.required && random.chance(0.5)) return undefined
    const known = random.chance(0.4) ? pool.body(operation) : undefined
    return known === undefined
      ? withId(operation, generate(operation.body.schema, ''))
      : fitted(known, operation.body.schema)
  }

  /** What is done to a thing of a collection names it in the body. */
  function withId({ method, path }: DocumentedOperation, body: unknown): unknown {
    if (method !== 'POST' || !isRecord(body) || !('id' in body)) return body
    const id = random.chance(0.5) ? pool.idIn(path.slice(0, path.lastIndexOf('/'))) : undefined
    return id === undefined ? body : { ...body, id }
  }

  /** What a GET answered, without what a PUT does not take. */
  function fitted(known: unknown, schema: Schema): unknown {
    const { properties, required = [] } = schema as { properties?: unknown; required?: string[] }
    if (!isRecord(known) || !isRecord(properties)) return known
    return Object.fromEntries(
      Object.entries(known).filter(
        ([name]) => name in properties && (!SLOW.has(name) || required.includes(name)),
      ),
    )
  }

  function headersOf(operation: DocumentedOperation): Record<string, string> {
    const role = operation.roles.length > 0 ? random.pick(operation.roles) : random.pick(roles)
    const headers: Record<string, string> = { authorization: `Bearer ${tokenOf[role] ?? ''}` }
    if (operation.method !== 'GET' && random.chance(0.2)) {
      // Few keys: some are used again, for the same and for something else.
      headers['idempotency-key'] = random.pick(KEYS)
    }
    if (operation.isStream && random.chance(0.8)) headers['accept'] = 'text/event-stream'
    return headers
  }

  function draft(operation: DocumentedOperation) {
    const params = paramsOf(operation)
    const body = bodyOf(operation)
    const headers = headersOf(operation)
    if (body !== undefined) headers['content-type'] = 'application/json'
    let next = 0
    const made: Draft = {
      path: operation.path.replaceAll(/\{\w+\}/g, () => encoded(params[next++] ?? 'x')),
      query: queryOf(operation),
      headers,
      payload: body === undefined ? undefined : JSON.stringify(body),
    }
    return { made, params, body }
  }

  function requestOf(operation: DocumentedOperation, drawn: ReturnType<typeof draft>): FuzzRequest {
    const { made, params, body } = drawn
    return {
      method: operation.method,
      url: made.query === '' ? made.path : `${made.path}?${made.query}`,
      headers: made.headers,
      ...(made.payload !== undefined && { payload: made.payload }),
      params,
      body,
    }
  }

  const breakOnce = (made: Draft, body: unknown, operation: DocumentedOperation): void => {
    const json = { ...made.headers, 'content-type': 'application/json' }
    const inBody = operation.body === null ? 1 : 12
    random.weighted<() => void>([
      [inBody, () => brokenBody(made, body, json)],
      [
        3,
        () => {
          const segments = made.path.split('/')
          const at = random.between(3, segments.length - 1)
          segments[at] = random.chance(0.5)
            ? random.pick(RAW_SEGMENTS)
            : encoded(random.pick(NAUGHTY_TEXTS).slice(0, 400))
          made.path = segments.join('/')
        },
      ],
      [
        3,
        () => {
          const { name } = random.pick([{ name: 'x' }, ...operation.parameters])
          made.query = random.chance(0.6)
            ? random.pick(RAW_QUERIES)
            : `${name}=${encoded(random.pick(NAUGHTY_TEXTS).slice(0, 2_000))}`
        },
      ],
      [2, () => void (made.headers['if-match'] = random.pick(IF_MATCHES))],
      [1, () => void (made.headers['idempotency-key'] = latin(random.pick(NAUGHTY_TEXTS)))],
      [1, () => void (made.headers['accept'] = random.pick(['', '*/*', 'text/html', 'x', '\t']))],
      [
        1,
        () =>
          void (made.headers['last-event-id'] = latin(random.pick(NAUGHTY_TEXTS)).slice(0, 2_000)),
      ],
      [
        2,
        () => {
          const role = random.pick(roles)
          made.headers['authorization'] = random.pick([
            `Bearer ${tokenOf[role] ?? ''}`,
            'Bearer',
            'Bearer nothing',
            'Basic YTpi',
            `Bearer ${'x'.repeat(5_000)}`,
          ])
        },
      ],
      [1, () => void delete made.headers['authorization']],
    ])()
  }

  function brokenBody(made: Draft, body: unknown, json: Record<string, string>): void {
    random.weighted<() => void>([
      [
        10,
        () => {
          made.headers = json
          made.payload = JSON.stringify(withOneChange(body ?? {}, random))
        },
      ],
      [
        2,
        () => {
          made.headers = json
          made.payload = Buffer.from(random.pick(NAUGHTY_BODIES))
        },
      ],
      [
        1,
        () => {
          made.headers = json
          const inner = JSON.stringify(body ?? null)
          made.payload = deepJson(random.pick([10, 1_000, 100_000]), inner)
        },
      ],
      [
        1,
        () => {
          // Of a member that stands there twice one counts, and it is the same for every reader.
          made.headers = json
          const text = JSON.stringify(body ?? {})
          made.payload = text.startsWith('{"')
            ? `${text.slice(0, -1)},${text.slice(1, text.indexOf(':'))}:null}`
            : text
        },
      ],
      [1, () => void (made.headers['content-type'] = random.pick(CONTENT_TYPES))],
      [1, () => void delete made.headers['content-type']],
      [1, () => void (made.payload = undefined)],
      [
        1,
        () => {
          made.headers = json
          made.payload = (made.payload ?? '{}').toString().slice(0, -1)
        },
      ],
    ])()
  }

  return {
    valid: (operation) => requestOf(operation, draft(operation)),
    broken: (operation) => {
      const drawn = draft(operation)
      const faults = random.weighted([
        [7, 1],
        [2, 2],
        [1, 4],
      ] as const)
      for (let i = 0; i < faults; i += 1) breakOnce(drawn.made, drawn.body, operation)
      return requestOf(operation, drawn)
    },
  }
}

/** A copy in which one member or element is another, is missing, or is one too many. */
function withOneChange(value: unknown, random: Random): unknown {
  const goesIn = random.chance(0.6)
  if (Array.isArray(value) && value.length > 0 && goesIn) {
    const at = random.below(value.length)
    return value.map((one, i) => (i === at ? withOneChange(one, random) : one))
  }
  if (isRecord(value)) {
    const names = Object.keys(value)
    if (names.length > 0 && goesIn) {
      const name = random.pick(names)
      return { ...value, [name]: withOneChange(value[name], random) }
    }
    if (names.length > 0 && random.chance(0.5)) {
      const left = random.pick(names)
      return Object.fromEntries(Object.entries(value).filter(([name]) => name !== left))
    }
    if (random.chance(0.5)) {
      return { ...value, [random.pick(['unknown', '__proto__x', 'id', 'total', 'price'])]: 1 }
    }
  }
  if (Array.isArray(value) && random.chance(0.3)) {
    return Array.from({ length: random.pick([0, 2, 60, 600]) }, () => value[0] ?? null)
  }
  return random.chance(0.6) ? random.pick(NAUGHTY_TEXTS) : random.pick(NAUGHTY_VALUES)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Half a pair has no form in a URL: it goes as the letter that stands for what is lost. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed()) || '%20'

/** Header fields hold one byte a letter, and no line ends. */
const latin = (text: string): string =>
  text.replaceAll(/[^\u0020-\u007e\u00a0-\u00ff]/g, '?').slice(0, 4_000)
