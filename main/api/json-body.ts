import type { FastifyInstance } from 'fastify'
import { MAX_REST_BODY_BYTES } from '../../protocol/limits.ts'
import { problemError, problemOf } from './problems.ts'

/** Bodies are JSON in UTF-8, or absent; anything else is told so. */
export function takeJsonBodies(app: FastifyInstance): void {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: MAX_REST_BODY_BYTES },
    (_request, bytes: Buffer, done) => {
      if (bytes.length === 0) return done(null, undefined)
      try {
        done(null, JSON.parse(decoder.decode(bytes)))
      } catch (error) {
        done(problemError(problemOf('invalid_json', reasonOf(error))), undefined)
      }
    },
  )
}

const reasonOf = (error: unknown): string =>
  error instanceof SyntaxError
    ? `The body is not JSON: ${error.message.slice(0, 200)}`
    : 'The body is not text in UTF-8.'
