import type { FastifyReply } from 'fastify'

/** RFC 9457. `code` is stable, for programs; `detail` is a sentence, for people. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly detail: string
}

export const sendProblem = (
  reply: FastifyReply,
  problem: Problem,
  more: Readonly<Record<string, unknown>> = {},
): FastifyReply =>
  reply
    .code(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: problem.code, ...problem, ...more }))

/** What a thrown error means to the caller. What is not known here is ours: 500. */
export function problemOf(error: unknown): Problem {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return { status: 413, code: 'body_too_large', detail: 'The body is larger than allowed.' }
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return { status: 415, code: 'unsupported_media_type', detail: 'This content type is not read.' }
  }
  if (isDatabaseGone(error)) {
    return { status: 503, code: 'database_unavailable', detail: 'The database does not answer.' }
  }
  if (code === QUERY_CANCELLED) {
    const detail = 'The database took too long for this. Ask for fewer days, or later.'
    return { status: 503, code: 'took_too_long', detail }
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return { status: statusCode, code: 'bad_request', detail: (error as Error).message }
  }
  return { status: 500, code: 'internal_error', detail: 'Something went wrong here.' }
}

/** PostgreSQL's word for what ran into its time limit. */
const QUERY_CANCELLED = '57014'

const LOST_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'])

/** PostgreSQL's classes 08 (connection), 53 (resources) and 57P (shutdown), and the driver's words. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  if (typeof code === 'string') return LOST_CONNECTION.has(code) || /^(08|53|57P)/.test(code)
  return /^Connection terminated|^timeout exceeded when trying to connect/.test(error.message)
}
