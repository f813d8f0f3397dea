import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { openDatabase, type Database } from '../../db/postgres/database.ts'
import { createPostgresStore, type PostgresStore } from '../../db/postgres/store.ts'
import { ROLES } from '../../domain/catalog.ts'
import { SEED_ORDER } from '../../main/api/test-store.ts'
import { startCentral, type Central } from '../../main/central/central.ts'
import { centreKeyOf } from '../../main/central/member/centre-key.ts'
import { newVapidKeys } from '../../main/push/vapid.ts'
import { callerWith, storeToken } from '../support/centre-caller.ts'
import { openEnrolledTill } from '../support/enrolled-till.ts'
import { startTestPostgres } from '../support/postgres.ts'
import type { FuzzTarget } from './fuzz.ts'
import { createHttpAsker, type HttpAsker } from './over-http.ts'
import { EXAMPLES, isSmall } from './world.ts'

/** A centre with its PostgreSQL, asked over its socket as it is by who is far away. */
export interface CentreWorlds {
  /** Another store of it. */
  readonly open: () => Promise<FuzzTarget>
  readonly stop: () => Promise<void>
}

interface Centre {
  readonly central: Central
  readonly database: Database
  readonly databaseUrl: string
  readonly postgresStore: PostgresStore
  readonly asker: HttpAsker
  /** Past all rights of the centre, and outside its pool. */
  readonly watching: pg.Client
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const ORDERS = '/api/v1/orders'

export async function startCentreWorlds(): Promise<CentreWorlds> {
  const postgres = await startTestPostgres()
  const databaseUrl = await postgres.createDatabase()
  const central = await startCentral({
    port: 0,
    database: { url: databaseUrl },
    key: centreKeyOf(randomBytes(32)),
    pushPublicKey: newVapidKeys().publicKey,
    logger: quiet,
  })
  const database = openDatabase(databaseUrl, () => {})
  const asker = createHttpAsker(central.api)
  const watching = new pg.Client(databaseUrl)
  await watching.connect()
  const postgresStore = createPostgresStore(database)
  return {
    open: () => openWorld({ central, database, databaseUrl, postgresStore, asker, watching }),
    stop: async () => {
      asker.close()
      await watching.end()
      await database.close()
      await central.stop()
      await postgres.stop()
    },
  }
}

/** A store that has sold a little at its till and at the centre; the till is off by now. */
async function openWorld(centre: Centre): Promise<FuzzTarget> {
  const { central, database, databaseUrl, postgresStore } = centre
  const storeId = randomUUID()
  const till = await openEnrolledTill({
    ...{ storeId, centralUrl: central.api, databaseUrl },
    isKept: isSmall,
  })
  till.goOnline()
  await till.uploaded()
  const tokenOf = Object.fromEntries(
    await Promise.all(
      ROLES.map(async (role) => [role, await storeToken(database, storeId, role)] as const),
    ),
  )
  const call = callerWith(central, tokenOf['admin'] ?? null)
  const places: string[] = []
  for (let n = 0; n < 6; n += 1) {
    const { body } = await call('POST', ORDERS, { ...SEED_ORDER, customer: { name: `Ada ${n}` } })
    const token = String(body['tracking_url']).split('/').at(-1) ?? ''
    places.push(`/api/v1/track/${token}`)
    const order = `${ORDERS}/${String(body['id'])}`
    await call('POST', `${order}/payments`, { method: 'cash', amount: 100 + n })
    if (n < 3) await call('PUT', `${order}/status`, { status: 'confirmed' })
  }
  const document = (await call('GET', '/api/v1/openapi.json')).body
  await till.close()
  return {
    ask: centre.asker.ask,
    document,
    tokenOf,
    examples: { ...EXAMPLES, followOrder: BROWSER },
    places,
    written: async () => {
      const { rows } = await centre.watching.query<{ held: number }>({
        name: 'held',
        text: 'SELECT coalesce(sum(head_seq), 0)::int AS held FROM origins WHERE store_id = $1',
        values: [storeId],
      })
      return rows[0]?.held ?? 0
    },
    fault: async () => (await postgresStore.verify(storeId)).fault,
    close: async () => {},
  }
}

/** What a browser says who follows an order: RFC 8291's own example. */
const BROWSER = {
  endpoint: 'https://push.example.com/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV',
  keys: {
    p256dh:
      'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
}
