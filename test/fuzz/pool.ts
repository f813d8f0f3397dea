import type { Random } from '../simulation/random.ts'
import type { DocumentedOperation } from './document.ts'

/**
 * What the store's own answers named, to be named again: so that a good share of the requests is
 * about something that is there. Nothing here knows what an order is; it all comes from the paths.
 */
export interface Pool {
  /** Takes in an answer of an operation. */
  readonly learn: (operation: DocumentedOperation, params: readonly string[], body: unknown) => void
  /** Where an answer says that something is. */
  readonly learnLocation: (location: string) => void
  /** Ids that belong together, for the parameters of a path. */
  readonly params: (operation: DocumentedOperation) => readonly string[] | null
  /** The id of something in a collection. */
  readonly idIn: (path: string) => string | undefined
  /** Something that stood under this name in an answer. */
  readonly value: (name: string) => unknown
  /** A body that was taken before, or what a GET of the same path answered. */
  readonly body: (operation: DocumentedOperation) => unknown
  readonly taken: (operation: DocumentedOperation, body: unknown) => void
}

/** Few, so that what is new is used soon. */
const KEPT_IDS = 24
const KEPT_VALUES = 40
const KEPT_BODIES = 12

export function createPool(random: Random): Pool {
  const idsByPath = new Map<string, (readonly string[])[]>()
  const valuesByName = new Map<string, unknown[]>()
  const bodiesByOperation = new Map<string, unknown[]>()

  /** What was kept once is not kept again, though something else may stand in its place by now. */
  const known = new Set<string>()

  function keep<T>(map: Map<string, T[]>, key: string, value: T, most: number): void {
    const text = `${key} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`
    if (known.has(text)) return
    known.add(text)
    const kept = map.get(key) ?? []
    if (!map.has(key)) map.set(key, kept)
    if (kept.length < most) kept.push(value)
    else kept[random.below(most)] = value
  }

  const pick = <T>(kept: readonly T[] | undefined): T | undefined =>
    kept === undefined || kept.length === 0 ? undefined : random.pick(kept)

  /** An object with an id, at a path: it and what stands in lists below it. */
  function learnObject(path: string, above: readonly string[], value: object): void {
    const { id } = value as { readonly id?: unknown }
    if (typeof id !== 'string') return
    const ids = [...above, id]
    keep(idsByPath, path, ids, KEPT_IDS)
    keep(valuesByName, `${singular(path)}_id`, id, KEPT_VALUES)
    for (const [name, below] of Object.entries(value)) {
      if (!Array.isArray(below)) continue
      for (const one of below) {
        if (isObject(one)) learnObject(`${path}/${name.replaceAll('_', '-')}`, ids, one)
      }
    }
  }

  function learnNames(value: unknown, name: string, depth: number): void {
    if (depth > 6) return
    if (Array.isArray(value)) for (const one of value.slice(0, 10)) learnNames(one, name, depth + 1)
    else if (isObject(value)) {
      for (const [key, one] of Object.entries(value)) learnNames(one, key, depth + 1)
    } else if (value !== null && name !== '') keep(valuesByName, name, value, KEPT_VALUES)
  }

  return {
    learn: (operation, params, body) => {
      if (!isObject(body) || operation.path.endsWith('openapi.json')) return
      learnNames(body, '', 0)
      const collection = withoutParams(operation.path.split('/{', 1)[0] ?? '')
      const { data } = body as { readonly data?: unknown }
      if (Array.isArray(data) && params.length === 0) {
        for (const one of data) if (isObject(one)) learnObject(collection, [], one)
      } else if (params.length === 0 || (body as { id?: unknown }).id === params[0]) {
        learnObject(collection, [], body)
      }
      if (operation.method === 'GET') keep(bodiesByOperation, `PUT ${operation.path}`, body, 4)
    },
    learnLocation: (location) => {
      const at = location.lastIndexOf('/')
      keep(idsByPath, location.slice(0, at), [decodeURIComponent(location.slice(at + 1))], KEPT_IDS)
    },
    params: (operation) => {
      // Of the deepest thing on the path that an answer named: what is below it has no id, or not yet.
      for (let at = operation.path.lastIndexOf('/{'); at > 0;) {
        const above = operation.path.slice(0, at)
        const ids = pick(idsByPath.get(withoutParams(above)))
        if (ids !== undefined) return ids
        at = above.lastIndexOf('/{')
      }
      return null
    },
    idIn: (path) => pick(idsByPath.get(path))?.at(-1),
    value: (name) => {
      const names = [name, name.replace(/s$/, ''), name.replace(/^(in)?to_/, '')]
      return pick(valuesByName.get(names.find((one) => valuesByName.has(one)) ?? name))
    },
    body: ({ method, path }) => pick(bodiesByOperation.get(`${method} ${path}`)),
    taken: ({ method, path }, body) =>
      keep(bodiesByOperation, `${method} ${path}`, body, KEPT_BODIES),
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const withoutParams = (path: string): string => path.replaceAll(/\/\{\w+\}/g, '')

/** `/api/v1/orders/payment-intents` is told of as `payment_intent`. */
const singular = (path: string): string =>
  (path.split('/').at(-1) ?? '').replaceAll('-', '_').replace(/ies$/, 'y').replace(/s$/, '')
