import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import { useClient } from './client-context.ts'
import { addressOf, type Call, type Failure, type OfficeClient, type Outcome } from './client.ts'
import { readPages, type AllPages, type PageOf } from './pages.ts'
import { isAttended } from './attendance.ts'

/**
 * What the centre answered last, by question. What is shown stays until the new is there, and each
 * answer keeps the moment at which it came, so that no screen looks current when it is not.
 */
interface Answers {
  readonly heldByKey: ReadonlyMap<string, Held>
}

interface Held {
  /** Null until the first answer has come. */
  readonly value: unknown
  readonly atMs: number | null
  /** Why the last try brought nothing; null when it did. */
  readonly failure: Failure | null
}

const MAX_HELD = 60
const NOTHING: Held = { value: null, atMs: null, failure: null }

const useAnswers = create<Answers>(() => ({ heldByKey: new Map() }))

function keep(key: string, change: (held: Held) => Held) {
  useAnswers.setState(({ heldByKey }) => {
    const next = new Map(heldByKey)
    const held = next.get(key) ?? NOTHING
    // Taken out first: what was asked for last is at the end, and the oldest goes.
    next.delete(key)
    next.set(key, change(held))
    const oldest = next.keys().next().value
    if (next.size > MAX_HELD && oldest !== undefined) next.delete(oldest)
    return { heldByKey: next }
  })
}

/** Somebody else signs in, or nobody: nothing of the one before stays. */
export const forgetAnswers = () => useAnswers.setState({ heldByKey: new Map() })

export interface Shown<T> {
  readonly value: T | null
  /** When the shown value came; null: nothing is shown. */
  readonly atMs: number | null
  /** The value answers an earlier question (another range, another store) until this one's is there. */
  readonly isEarlier: boolean
  readonly failure: Failure | null
  readonly reload: () => void
}

/** Something to ask the centre. Equal keys stand for equal questions. */
export interface Question<T> {
  readonly key: string
  readonly ask: (client: OfficeClient, signal: AbortSignal) => Promise<Outcome<T>>
}

export const questionOf = <T>(call: Call<T>): Question<T> => ({
  key: `${call.storeId ?? ''} ${addressOf(call)}`,
  ask: (client, signal) => client.call(call, signal),
})

/** The same list as a whole. */
export const allOf = <Row>(call: Call<PageOf<Row>>): Question<AllPages<Row>> => ({
  key: `all ${call.storeId ?? ''} ${addressOf(call)}`,
  ask: (client, signal) => readPages(client, call, signal),
})

/** The beginning of a list that may be long. */
export const firstPagesOf = <Row>(
  call: Call<PageOf<Row>>,
  pages: number,
): Question<AllPages<Row>> => ({
  key: `${String(pages)} of ${call.storeId ?? ''} ${addressOf(call)}`,
  ask: (client, signal) => readPages(client, call, signal, pages),
})

const ASK_EVERY_MS = 30_000

/**
 * Asks when the question changes, again every so often, and when the page comes back into view.
 * Null: there is nothing to ask yet.
 */
export function useAnswer<T>(question: Question<T> | null, everyMs = ASK_EVERY_MS): Shown<T> {
  const client = useClient()
  const key = question?.key ?? null
  const held = useAnswers(({ heldByKey }) =>
    key === null ? NOTHING : (heldByKey.get(key) ?? NOTHING),
  )
  const last = useRef<Held>(NOTHING)
  if (held.atMs !== null) last.current = held
  const asked = useRef(question)
  asked.current = question
  const reload = useRef(() => {})

  useEffect(() => {
    if (key === null) return
    const leaving = new AbortController()
    const ask = async () => {
      const outcome = await asked.current?.ask(client, leaving.signal)
      if (outcome === undefined || leaving.signal.aborted) return
      keep(key, (before) =>
        outcome.ok
          ? { value: outcome.value, atMs: Date.now(), failure: null }
          : { ...before, failure: outcome.failure },
      )
    }
    const askWhenSeen = () => {
      if (document.visibilityState === 'visible' && isAttended()) void ask()
    }
    reload.current = () => void ask()
    void ask()
    const timer = setInterval(askWhenSeen, everyMs)
    document.addEventListener('visibilitychange', askWhenSeen)
    return () => {
      leaving.abort()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', askWhenSeen)
    }
  }, [client, key, everyMs])

  const shown = held.atMs === null ? last.current : held
  return {
    value: shown.value as T | null,
    atMs: shown.atMs,
    isEarlier: shown !== held && shown.atMs !== null,
    failure: held.failure,
    reload: () => reload.current(),
  }
}
