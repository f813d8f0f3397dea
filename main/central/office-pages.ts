import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { setPageHeaders } from '../terminal/static-pages.ts'

const PAGE = 'office.html'

/** Serves the built back office at `/office/`: that page and what it is made of, and no other. */
export async function addOfficePages(app: FastifyInstance, folder: string): Promise<void> {
  app.get('/', (_request, reply) => reply.redirect('/office/'))
  app.get('/office', (_request, reply) => reply.redirect('/office/'))
  if (!existsSync(join(folder, PAGE))) {
    app.get('/office/', (_request, reply) =>
      reply
        .code(503)
        .type('text/plain')
        .send(
          'The back office is not built yet. Run "npm run build" and start the centre again.\n',
        ),
    )
    return
  }
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/office/',
    index: PAGE,
    allowedPath: (path) => path === '/' || path === `/${PAGE}` || /^\/(assets|ui)\//.test(path),
    setHeaders: setPageHeaders,
  })
}
