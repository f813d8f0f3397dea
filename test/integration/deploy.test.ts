import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { CENTRAL_VARIABLES } from '../../main/central/settings.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { createProcesses, type Processes } from '../support/processes.ts'

/**
 * deploy/ without containers: that its files name what there is, and that what they start works with
 * what they say.
 */

const ROOT = resolve(import.meta.dirname, '../..')
const DEPLOY = join(ROOT, 'deploy')
const read = (file: string): string => readFileSync(join(DEPLOY, file), 'utf8')

const serviceSchema = z.object({
  image: z.string(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  profiles: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.unknown()).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
})
const compose = z
  .object({
    services: z.record(z.string(), serviceSchema),
    volumes: z.record(z.string(), z.unknown()),
    networks: z.record(z.string(), z.unknown()),
  })
  .parse(parse(read('compose.yaml'), { merge: true }))
const services = Object.entries(compose.services)
const centre = compose.services['centre-1']!

let postgres: TestPostgres
let processes: Processes
beforeAll(async () => {
  postgres = await startTestPostgres()
  processes = createProcesses()
})
afterAll(async () => {
  await processes.close()
  await postgres.stop()
})

test('[U6] the services name networks, volumes, files and services that there are', () => {
  expect(compose.services['centre-2']).toEqual(centre)
  for (const [name, service] of services) {
    for (const network of service.networks)
      expect(Object.keys(compose.networks), name).toContain(network)
    for (const other of Object.keys(service.depends_on)) {
      expect(Object.keys(compose.services), name).toContain(other)
    }
    for (const volume of service.volumes) {
      const [source = ''] = volume.split(':')
      if (source.startsWith('.')) expect(existsSync(join(DEPLOY, source)), volume).toBe(true)
      else expect(Object.keys(compose.volumes), name).toContain(source)
    }
  }
  const { context = '', dockerfile = '' } = centre.build ?? {}
  expect(existsSync(join(DEPLOY, context, dockerfile))).toBe(true)
  // Nobody comes in but through Caddy.
  expect(services.filter(([, { ports }]) => ports.length > 0).map(([name]) => name)).toEqual([
    'caddy',
  ])
})

test('[U6] the centre is told nothing that it does not know, and .env.example has what is asked for', () => {
  const known = Object.keys(CENTRAL_VARIABLES)
  expect(Object.keys(centre.environment).filter((name) => !known.includes(name))).toEqual([])
  const asked = new Set(
    [...read('compose.yaml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name),
  )
  const offered = new Set(
    [...read('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name),
  )
  // The version of the image, and what Compose itself reads.
  asked.delete('AURA_VERSION')
  offered.delete('COMPOSE_PROFILES')
  expect(offered).toEqual(asked)
  expect(read('.env.example')).not.toMatch(/^\w*(PASSWORD|SECRET|TOKEN|KEY)=./m)
})

test('[U6] Caddy sends to every centre, asks whether it is ready, and keeps what is for operation inside', () => {
  const caddy = read('Caddyfile')
  const { PORT } = centre.environment
  const upstreams = services.flatMap(([name]) =>
    name.startsWith('centre-') ? [`${name}:${PORT}`] : [],
  )
  expect(caddy).toContain(`reverse_proxy ${upstreams.join(' ')} {`)
  expect(caddy).toMatch(/^\s*health_uri \/readyz$/m)
  expect(caddy).toMatch(/@operation path \/metrics \/healthz \/readyz\n\s*respond @operation 404/)
  expect(centre.environment['AURA_BEHIND_TLS']).toBe('1')
})

test('[U5] the roles of the new cluster are enough for the centre, and Electric reads the whole log', async () => {
  const script = read('postgres/10-roles.sh')
  const statements = /<<'SQL'\n([\s\S]*)SQL\n/.exec(script)?.[1] ?? ''
  // The superuser's own database, which has the name that the script gives.
  const url = new URL((await postgres.createDatabase()).replace(/[^/]+$/, 'aura'))
  for (const statement of statements.split(/;\n/).filter((text) => text.trim() !== '')) {
    await postgres.query(url.href, statement.replaceAll(/:'(\w+)'/g, "'$1-password'"))
  }
  const as = (user: string, password: string): string => {
    const own = new URL(url)
    own.username = user
    own.password = password
    return own.href
  }
  const ready = await startFromImage(as('centre', 'centre-password'))
  const { api, database_url: shown } = ready
  expect(shown).not.toContain('centre-password')
  const { port } = new URL(String(api))
  const answer = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
  const probe = centre.healthcheck?.test.join(' ') ?? ''
  const probed = /http:\/\/127\.0\.0\.1:(\d+)(\/\w+)/.exec(probe)
  expect(probed?.[1]).toBe(centre.environment['PORT'])
  for (const path of ['/readyz', '/healthz', probed?.[2] ?? '']) {
    expect((await answer(path)).status, path).toBe(200)
  }
  expect((await answer('/metrics')).status).toBe(404)

  const asOwner = as('centre', 'centre-password')
  for (let times = 0; times < 2; times += 1) {
    await postgres.query(asOwner, read('postgres/electric.sql'))
  }
  await postgres.query(
    url.href,
    `INSERT INTO entries (store_id, origin, seq, clock, command_id, at, actor, body, hash, pos)
     VALUES ('A', 'o', 1, 1, 'c', 't', 'x', '[]', '', 1), ('B', 'o', 1, 1, 'c', 't', 'x', '[]', '', 1)`,
  )
  const seen = await postgres.query(
    as('electric', 'electric-password'),
    'SELECT store_id FROM entries',
  )
  expect(seen.rows).toHaveLength(2)
  const published = await postgres.query(url.href, 'SELECT tablename FROM pg_publication_tables')
  expect(published.rows).toEqual([{ tablename: 'entries' }])
})

/** The files that the Dockerfile's last stage takes, its command, and the environment of compose.yaml. */
async function startFromImage(databaseUrl: string) {
  const folder = await processes.folder('image')
  const last =
    read('Dockerfile')
      .split(/^FROM /m)
      .at(-1) ?? ''
  const copied = [...last.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, list]) =>
    (list ?? '').split(' '),
  )
  expect(copied).toContain('main')
  for (const source of copied) {
    expect(existsSync(join(ROOT, source)), source).toBe(true)
    cpSync(join(ROOT, source), join(folder, source), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const [, program = '', ...args] = z
    .array(z.string())
    .parse(JSON.parse(/^CMD (\[.*\])$/m.exec(last)?.[1] ?? '[]'))
  // What the example leaves empty is a secret: any will do that is a key.
  const secret = Buffer.alloc(32, 7).toString('base64')
  const offered = new Map(
    [...read('.env.example').matchAll(/^([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]),
  )
  const filledIn = Object.entries(centre.environment).map(([name, value]) => [
    name,
    value.replaceAll(
      /\$\{([A-Z_]+)(?::-([^}]*))?[^}]*\}/g,
      (_whole, variable: string, otherwise?: string) =>
        offered.get(variable) ?? otherwise ?? secret,
    ),
  ])
  const env = {
    ...Object.fromEntries(filledIn),
    DATABASE_URL: databaseUrl,
    PORT: '0',
    AURA_DRAIN_SECONDS: '0',
  }
  expect(dirname(program)).toBe('main/cli')
  const running = await processes.start(args, { program: join(folder, program), env })
  return running.ready
}
