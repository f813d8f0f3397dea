import { useSyncExternalStore } from 'react'

/**
 * Where one is stands behind the `#`: `#/s/STORE/reports/sales?by=item&range=today`. It can be kept
 * as a bookmark, and nothing of it is ever sent to anybody. What a guest is searched by stays out.
 */
export interface Route {
  readonly storeId: string | null
  /** `['reports', 'sales']`; empty: the first page. */
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string | undefined>>
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const parts = path.split('/').filter(Boolean).map(decode)
  const storeId = parts[0] === 's' ? (parts[1] ?? null) : null
  return {
    storeId,
    path: storeId === null ? parts.filter((part) => part !== 's') : parts.slice(2),
    query: Object.fromEntries(new URLSearchParams(query)),
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function hrefOf({ storeId, path, query = {} }: Partial<Route>): string {
  const parts = [...(storeId ? ['s', storeId] : []), ...(path ?? [])].map(encodeURIComponent)
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
  const text = new URLSearchParams(pairs).toString()
  return `#/${parts.join('/')}${text === '' ? '' : `?${text}`}`
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

let last: { readonly hash: string; readonly route: Route } | undefined

function currentRoute(): Route {
  const { hash } = window.location
  if (last?.hash !== hash) last = { hash, route: parseRoute(hash) }
  return last.route
}

export const useRoute = (): Route => useSyncExternalStore(subscribe, currentRoute)

export const goTo = (route: Partial<Route>) => {
  window.location.hash = hrefOf(route)
}

/** The same page asked otherwise: no step of its own on the way back. */
export function changeQuery(changes: Readonly<Record<string, string | undefined>>) {
  const route = currentRoute()
  const href = hrefOf({ ...route, query: { ...route.query, ...changes } })
  window.location.replace(href)
}
