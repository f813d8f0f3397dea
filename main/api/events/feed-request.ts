import type { Role } from '../../../domain/catalog.ts'
import type { Frontier } from '../../../domain/log.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import { feedQuery, type EventType } from '../../../protocol/rest/event.ts'
import { validationProblem } from '../read-input.ts'
import { problemOf, type Problem } from '../problems.ts'
import type { Caller } from '../route.ts'
import { decodePosition } from './position.ts'

export interface FeedRequest {
  /** Null: from now on. */
  readonly start: Frontier | null
  readonly types: ReadonlySet<EventType> | null
  /** Who listens. */
  readonly role: Role | null
}

/**
 * What a listener asks for. A browser that reconnects repeats its first address, so the header with
 * the last id goes before the position in it.
 */
export function readFeedRequest(
  query: unknown,
  lastEventId: string | undefined,
  caller: Caller | null,
): Result<FeedRequest, Problem> {
  const parsed = feedQuery.safeParse(query)
  if (!parsed.success) return refuse(validationProblem(parsed.error))
  const { position, types } = parsed.data
  const from = lastEventId || position
  const start = from === undefined ? null : decodePosition(from)
  if (from !== undefined && start === null) {
    const message = 'Invalid input: this is no position of the feed'
    return refuse(
      problemOf('validation_failed', `position: ${message}`, {
        errors: [{ path: 'position', message }],
      }),
    )
  }
  return ok({ start, types: types ? new Set(types) : null, role: caller?.role ?? null })
}
