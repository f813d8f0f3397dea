import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { CONTENT_SECURITY_POLICY } from '../desktop/content-security-policy.ts'

export const RENDERER_DIST = join(import.meta.dirname, '../../dist/renderer')

/** Serves the built screens at `/pos`, `/kitchen` and `/display`; `/` leads to the one that is meant. */
export async function servePages(
  app: FastifyInstance,
  folder: string,
  startPage: () => 'pos' | 'kitchen',
): Promise<void> {
  if (!existsSync(folder)) {
    for (const page of ['/', '/pos', '/kitchen', '/display']) {
      app.get(page, (_request, reply) =>
        reply
          .code(503)
          .type('text/plain')
          .send('The screens are not built yet. Run "npm run build" and load this page again.\n'),
      )
    }
    return
  }
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    setHeaders: setPageHeaders,
  })
  app.get('/', (_request, reply) => reply.redirect(`/${startPage()}`))
  app.get('/pos', (_request, reply) => reply.sendFile('pos.html'))
  app.get('/kitchen', (_request, reply) => reply.sendFile('kitchen.html'))
  app.get('/display', (_request, reply) => reply.sendFile('display.html'))
}

/** What a page may do, and what it tells others: nothing from elsewhere, nothing to anybody. */
export function setPageHeaders(reply: FastifyReply): void {
  reply.header('content-security-policy', CONTENT_SECURITY_POLICY)
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'no-referrer')
}
