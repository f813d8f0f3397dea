import type { FastifyServerOptions } from 'fastify'

/**
 * Our routes check by their own tables (see `serveRoutes`). Fastify would load a validator and a serializer
 * for its kind of schemas all the same, for a tenth of the time that a till takes to start.
 */
export const noSchemas = {
  compilersFactory: { buildValidator: neverAsked, buildSerializer: neverAsked },
} satisfies FastifyServerOptions['schemaController']

function neverAsked(): never {
  throw new Error('a route has a schema for fastify: ours stand in the table of routes')
}
