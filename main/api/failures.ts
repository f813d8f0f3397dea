import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { MAX_REST_BODY_BYTES } from '../../protocol/limits.ts'
import { PROBLEM_CONTENT_TYPE } from '../../protocol/rest/problem.ts'
import type { Logger } from '../logger.ts'
import { discardBody } from './discard-body.ts'
import { problemBody, problemOf, type Problem } from './problems.ts'
import type { Operation } from './route.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the problem that it was answered with, for who counts them. */
    problemCode?: string
  }
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  discardBody(reply)
  reply.request.problemCode = problem.code
  return reply
    .code(problem.status)
    .headers(problem.headers ?? {})
    .type(PROBLEM_CONTENT_TYPE)
    .serializer(JSON.stringify)
    .send(problemBody(problem))
}

/** What every failure becomes that no handler has answered. `known`: what this process knows better. */
export function answerFailures(
  app: FastifyInstance,
  logger: Logger,
  known: (error: unknown) => Problem | null = () => null,
): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = known(error) ?? problemOfError(error)
    if (problem.status >= 500) {
      const { method, routeOptions } = request
      const detail = { code: problem.code, method, route: routeOptions.url, error: error.message }
      logger.error('a request failed', detail)
    }
    return sendProblem(reply, problem)
  })
}

export function answerUnknownPaths(app: FastifyInstance, operations: readonly Operation[]): void {
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, notFound(operations, request, request.url)),
  )
}

/** A path that exists under another method says so, and which. */
function notFound(operations: readonly Operation[], request: FastifyRequest, url: string): Problem {
  const path = url.split('?', 1)[0] ?? ''
  const methods = operations.filter((o) => patternOf(o.path).test(path)).map((o) => o.method)
  if (methods.length === 0) return problemOf('not_found', `There is nothing at ${path}.`)
  const allowed = [...new Set(methods)].join(', ')
  return problemOf('method_not_allowed', `${path} takes ${allowed}, not ${request.method}.`, {
    headers: { allow: allowed },
  })
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}$`)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

export function problemOfError(error: unknown): Problem {
  if (!isRecord(error)) return internal
  if (isRecord(error['problem'])) return error['problem'] as unknown as Problem
  const { code, statusCode } = error
  if (typeof code === 'string' && code.startsWith('SQLITE_')) {
    return problemOf(
      'storage_failed',
      `The device's disk did not take it (${code}). Nothing was changed.`,
    )
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return problemOf('body_too_large', `A body has up to ${MAX_REST_BODY_BYTES} bytes.`)
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return problemOf('unsupported_media_type', 'Send the body as application/json.')
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return problemOf('bad_request', String(error['message']))
  }
  return internal
}

const internal = problemOf(
  'internal_error',
  'This should not have happened. Nothing was changed; the log of the device says more.',
)
