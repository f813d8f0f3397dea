import { openDatabase } from '../../db/postgres/database.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import type { TestPostgres } from '../support/postgres.ts'
import type { Processes } from '../support/processes.ts'
import { aura, type Till } from './tills.ts'

/**
 * Whether PostgreSQL holds every entry once, all agree and nothing was refused; says what it found.
 * `leastEvents`: fewer would mean that the test itself did too little.
 */
export async function check(
  { processes, postgres, databaseUrl, tills }: Checked,
  leastEvents: number,
): Promise<boolean> {
  const one = async (text: string): Promise<number> => {
    const { rows } = await postgres.query(databaseUrl, text)
    return Number(Object.values(rows[0] as Record<string, unknown>)[0])
  }
  const entries = await one('SELECT count(*) FROM entries')
  const distinct = await one('SELECT count(DISTINCT (store_id, origin, seq)) FROM entries')
  const heads = await one('SELECT sum(head_seq) FROM origins')
  const positions = await one('SELECT count(DISTINCT pos) FROM entries')
  const aside = await one('SELECT count(*) FROM quarantine')
  const events = await one('SELECT sum(json_array_length(body::json)) FROM entries')
  const database = openDatabase(databaseUrl, () => {})
  const store = createPostgresStore(database)
  const [storeId = ''] = await store.storeIds()
  const digests = await Promise.all([
    store.digest(storeId),
    ...tills.map(({ dir }) => aura(processes, 'digest', '--data', dir)),
  ])
  const verified = await store.verify(storeId)
  await database.close()
  await Promise.all(tills.map(({ dir }) => aura(processes, 'verify', '--data', dir)))
  const refused = tills
    .flatMap(({ running }) => running.stderr().split('\n'))
    .filter((line) => /"failure":"(refused|unauthorised|too_large)"/.test(line))
  say(
    `${entries} entries of ${events} events in PostgreSQL, ${distinct} of them different, ${aside} aside.`,
  )
  say(
    `Digests: ${new Set(digests).size === 1 ? 'equal' : digests.join(' ')}. Refused: ${refused.length}.`,
  )
  const isRight =
    entries === distinct &&
    entries === heads &&
    entries === positions &&
    aside === 0 &&
    events >= leastEvents &&
    new Set(digests).size === 1 &&
    verified.ok &&
    refused.length === 0
  if (isRight) return true
  say(`Not as it should be: ${JSON.stringify({ entries, heads, positions, verified, refused })}`)
  return false
}

interface Checked {
  readonly processes: Processes
  readonly postgres: TestPostgres
  readonly databaseUrl: string
  readonly tills: readonly Till[]
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
