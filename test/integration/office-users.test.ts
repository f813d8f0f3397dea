import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  ENROLL_CODES_PATH,
  PASSWORD_PATH,
  SESSION_PATH,
  USERS_PATH,
} from '../../protocol/office/paths.ts'
import { sessionOut } from '../../protocol/office/session.ts'
import { usersOut, userWithPasswordOut } from '../../protocol/office/users.ts'
import { startOffice, type Asked, type OfficeServer } from '../support/office.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { createProcesses, type Processes } from '../support/processes.ts'

let postgres: TestPostgres
let databaseUrl: string
let server: OfficeServer
let processes: Processes
let nowMs = Date.UTC(2026, 5, 1, 12)
const now = () => new Date(nowMs)
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const PASSWORD = 'a long enough password'
let people = 0

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  server = await startOffice(databaseUrl, now)
  processes = createProcesses()
  await postgres.query(
    databaseUrl,
    `INSERT INTO stores (store_id, token_hash) VALUES ('north', ''), ('south', '')`,
  )
})
afterAll(async () => {
  await processes.close()
  await server.stop()
  await postgres.stop()
})
// What one test tried is nobody's burden in the next.
beforeEach(() => void (nowMs += 25 * HOUR_MS))

const signIn = (email: string, password: string, on = server) =>
  on.ask(null, 'POST', SESSION_PATH, { email, password })

const cookieIn = (answer: Asked): string =>
  answer.headers.get('set-cookie')?.split(';')[0] ?? 'no cookie'

/** Somebody with a password, made by an admin. */
async function person(role: 'admin' | 'manager' | 'viewer' = 'manager', stores: unknown = 'all') {
  const admin = await server.signedIn('admin', 'all')
  const email = `person-${(people += 1)}@example.com`
  const body = { email, name: 'Somebody', role, stores, password: PASSWORD }
  const made = await server.ask(admin.cookie, 'POST', USERS_PATH, body)
  expect(made.status, made.text).toBe(201)
  return { admin, email, id: String(made.json['id']) }
}

const audit = async (userId: string): Promise<string[]> => {
  const { rows } = await postgres.query(
    databaseUrl,
    'SELECT action FROM office_audit WHERE $1 IN (user_id, subject) ORDER BY id',
    [userId],
  )
  return rows.map((row: { action: string }) => row.action)
}

describe('signing in', () => {
  test('[O1] gives a cookie that no page reads and no other site sends, and says who it is', async () => {
    const { email, id } = await person('viewer', ['north'])
    const answer = await signIn(email.toUpperCase(), PASSWORD)
    expect(answer.status, answer.text).toBe(200)
    const cookie = answer.headers.get('set-cookie')
    expect(cookie).toMatch(
      /^aura_office=[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    const shown = sessionOut.parse(answer.json)
    expect(shown.user).toEqual({ id, email, name: 'Somebody', role: 'viewer', stores: ['north'] })
    expect(shown.expires_at).toBe(new Date(nowMs + 24 * HOUR_MS).toISOString())
    expect((await server.ask(cookieIn(answer), 'GET', SESSION_PATH)).json).toEqual(answer.json)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const secure = await fetch(`${server.api}${SESSION_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
      body: JSON.stringify({ email, password: PASSWORD }),
    })
    expect(secure.headers.get('set-cookie')).toMatch(/; Secure$/)
    expect(await audit(id)).toEqual(['user_created', 'signed_in', 'signed_in'])
  })

  test('[O1] neither password nor token lies in the database, and no e-mail in the audit', async () => {
    const { email } = await person()
    const token = cookieIn(await signIn(email, PASSWORD)).split('=')[1] ?? ''
    const dump = async (table: string) =>
      JSON.stringify((await postgres.query(databaseUrl, `SELECT * FROM ${table}`)).rows)
    expect(token).toHaveLength(43)
    const sessions = await dump('office_sessions')
    expect(sessions.length).toBeGreaterThan(50)
    expect(sessions).not.toContain(token)
    expect(await dump('office_users')).not.toContain(PASSWORD)
    for (const table of ['office_audit', 'office_sign_in_tries']) {
      expect(await dump(table)).not.toContain('@')
    }
  })

  test('[O2] an unknown e-mail, a wrong password and a disabled user are one answer', async () => {
    const { admin, email, id } = await person()
    const unknown = await signIn('nobody@example.com', PASSWORD)
    const wrong = await signIn(email, 'not the password')
    const change = { disabled: true }
    expect((await server.ask(admin.cookie, 'PUT', `${USERS_PATH}/${id}`, change)).status).toBe(200)
    const disabled = await signIn(email, PASSWORD)
    for (const answer of [unknown, wrong, disabled]) {
      expect([answer.status, answer.json['code']]).toEqual([401, 'wrong_sign_in'])
      expect(answer.text).toBe(unknown.text)
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
  })

  test('[O2] tries are counted for an account over all centres, and the wait grows', async () => {
    const { email } = await person()
    const second = await startOffice(databaseUrl, now)
    try {
      const servers = [server, second]
      const atOnce = await Promise.all(
        Array.from({ length: 12 }, (_, n) => signIn(email, 'wrong', servers[n % 2])),
      )
      const statuses = atOnce.map((answer) => answer.status).toSorted((a, b) => a - b)
      expect(statuses).toEqual([...Array<number>(5).fill(401), ...Array<number>(7).fill(429)])
      // The right password waits as well, at either of them.
      const waits: number[] = []
      for (let n = 0; n < 7; n += 1) {
        const refused = await signIn(email, PASSWORD, servers[n % 2])
        expect([refused.status, refused.json['code']]).toEqual([429, 'too_many_tries'])
        const seconds = Number(refused.headers.get('retry-after'))
        waits.push(seconds)
        nowMs += seconds * 1_000
        if (n < 6) expect((await signIn(email, 'wrong', servers[(n + 1) % 2])).status).toBe(401)
      }
      expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900])
      expect((await signIn(email, PASSWORD, second)).status).toBe(200)
      // It is forgotten, and begins anew.
      for (let n = 0; n < 5; n += 1) expect((await signIn(email, 'wrong')).status).toBe(401)
      expect((await signIn(email, 'wrong')).status).toBe(429)
    } finally {
      await second.stop()
    }
  })

  test('[O2] tries are counted for an address, whatever account they name', async () => {
    const { email } = await person()
    expect((await signIn('zeroth@example.com', 'wrong')).status).toBe(401)
    await postgres.query(
      databaseUrl,
      `UPDATE office_sign_in_tries SET tries = 29 WHERE subject LIKE 'address:%'`,
    )
    expect((await signIn('first@example.com', 'wrong')).status).toBe(401)
    expect((await signIn('second@example.com', 'wrong')).status).toBe(429)
    const elsewhere = await fetch(`${server.api}${SESSION_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' },
      body: JSON.stringify({ email, password: PASSWORD }),
    })
    expect(elsewhere.status).toBe(200)
  })

  test('what is no sign-in is refused as such', async () => {
    for (const body of [{}, { email: 'a@example.com' }, { email: 1, password: PASSWORD }, []]) {
      const answer = await server.ask(null, 'POST', SESSION_PATH, body)
      expect([answer.status, answer.json['code']]).toEqual([422, 'validation_failed'])
    }
    // A form of another site sends no JSON.
    const form = await fetch(`${server.api}${SESSION_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ email: 'a@example.com', password: PASSWORD }),
    })
    expect(form.status).toBe(415)
  })
})

describe('[O1] a session ends', () => {
  const isOpen = async (cookie: string) =>
    (await server.ask(cookie, 'GET', SESSION_PATH)).status === 200

  test("when it is signed out, and with nobody else's", async () => {
    const { email } = await person()
    const [first, second] = [
      cookieIn(await signIn(email, PASSWORD)),
      cookieIn(await signIn(email, PASSWORD)),
    ]
    const out = await server.ask(first, 'DELETE', SESSION_PATH)
    expect([out.status, out.headers.get('set-cookie')]).toEqual([
      204,
      'aura_office=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
    ])
    expect([await isOpen(first), await isOpen(second)]).toEqual([false, true])
    expect((await server.ask(first, 'DELETE', SESSION_PATH)).status).toBe(204)
  })

  test('after four hours of silence, and after a day at the latest', async () => {
    const idle = await server.signedIn('viewer', 'all')
    const busy = await server.signedIn('viewer', 'all')
    for (let hour = 1; hour <= 23; hour += 1) {
      nowMs += HOUR_MS
      expect(await isOpen(busy.cookie)).toBe(true)
      if (hour === 4) expect(await isOpen(idle.cookie)).toBe(false)
    }
    nowMs += HOUR_MS
    expect(await isOpen(busy.cookie)).toBe(false)
  })

  test('with a new password, but for the one that set it, and when the user is disabled', async () => {
    const { admin, email, id } = await person()
    const [own, other] = [
      cookieIn(await signIn(email, PASSWORD)),
      cookieIn(await signIn(email, PASSWORD)),
    ]
    const change = { current_password: 'wrong password', new_password: 'another long password' }
    expect((await server.ask(own, 'PUT', PASSWORD_PATH, change)).json['code']).toBe(
      'wrong_password',
    )
    const right = { ...change, current_password: PASSWORD }
    expect((await server.ask(own, 'PUT', PASSWORD_PATH, right)).status).toBe(204)
    expect([await isOpen(own), await isOpen(other)]).toEqual([true, false])
    expect((await signIn(email, PASSWORD)).status).toBe(401)
    const path = `${USERS_PATH}/${id}`
    const reset = await server.ask(admin.cookie, 'PUT', path, { password: true })
    const { password } = userWithPasswordOut.parse(reset.json)
    expect(await isOpen(own)).toBe(false)
    const again = cookieIn(await signIn(email, password ?? ''))
    expect(await isOpen(again)).toBe(true)
    await server.ask(admin.cookie, 'PUT', path, { disabled: true })
    expect(await isOpen(again)).toBe(false)
    await server.ask(admin.cookie, 'PUT', path, { disabled: false })
    expect(await isOpen(again)).toBe(false)
  })
})

describe('[O3] users', () => {
  test('are made, listed in pages and changed by admins', async () => {
    const { admin, email, id } = await person('manager', ['north'])
    const body = { email, name: 'Twice', role: 'viewer', stores: 'all' }
    const twice = await server.ask(admin.cookie, 'POST', USERS_PATH, body)
    expect([twice.status, twice.json['code']]).toEqual([409, 'email_taken'])
    const listed: string[] = []
    let cursor = ''
    do {
      const page = await server.ask(admin.cookie, 'GET', `${USERS_PATH}?limit=5${cursor}`)
      const { data, next_cursor } = usersOut.parse(page.json)
      listed.push(...data.map((user) => user.email))
      cursor = next_cursor === null ? '' : `&cursor=${next_cursor}`
    } while (cursor !== '')
    expect(listed).toContain(email)
    expect(listed).toEqual([...new Set(listed)].toSorted())
    const change = { name: 'Changed', role: 'viewer', stores: ['south'] }
    const changed = await server.ask(admin.cookie, 'PUT', `${USERS_PATH}/${id}`, change)
    expect(changed.json).toMatchObject({ ...change, email, password: null })
    const wrong = { ...body, email: 'x@example.com', stores: ['nowhere'] }
    expect((await server.ask(admin.cookie, 'POST', USERS_PATH, wrong)).status).toBe(422)
    const short = { ...body, email: 'x@example.com', password: 'short' }
    expect((await server.ask(admin.cookie, 'POST', USERS_PATH, short)).status).toBe(422)
    expect((await server.ask(admin.cookie, 'PUT', `${USERS_PATH}/none`, change)).status).toBe(404)
  })

  test('an admin of some stores manages those of these stores, and gives nobody more', async () => {
    const north = await server.signedIn('admin', ['north'])
    const { id: theirs } = await person('viewer', ['north'])
    const { id: others } = await person('viewer', ['south'])
    const { id: everywhere } = await person('viewer', 'all')
    const put = (id: string, body: object) =>
      server.ask(north.cookie, 'PUT', `${USERS_PATH}/${id}`, body)
    expect((await put(theirs, { name: 'Ours' })).status).toBe(200)
    for (const id of [others, everywhere])
      expect((await put(id, { name: 'Mine' })).status).toBe(404)
    for (const stores of ['all', ['south'], ['north', 'south']]) {
      expect((await put(theirs, { stores })).status).toBe(403)
      const body = { email: 'n@example.com', name: 'N', role: 'viewer', stores }
      expect((await server.ask(north.cookie, 'POST', USERS_PATH, body)).status).toBe(403)
    }
    const page = usersOut.parse(
      (await server.ask(north.cookie, 'GET', `${USERS_PATH}?limit=200`)).json,
    )
    const ids = page.data.map((user) => user.id)
    expect(ids).toContain(theirs)
    for (const id of [others, everywhere]) expect(ids).not.toContain(id)
  })

  test('nobody changes the role, the stores or the access of the own account', async () => {
    const admin = await server.signedIn('admin', 'all')
    const put = (body: object) =>
      server.ask(admin.cookie, 'PUT', `${USERS_PATH}/${admin.userId}`, body)
    for (const body of [{ role: 'viewer' }, { stores: [] }, { disabled: true }]) {
      expect((await put(body)).json['code']).toBe('own_account')
    }
    expect((await put({ name: 'Me' })).status).toBe(200)
    expect((await put({ password: PASSWORD })).status).toBe(200)
    expect((await server.ask(admin.cookie, 'GET', SESSION_PATH)).status).toBe(200)
  })
})

test('[U4] a code for a new store comes from an admin of all stores', async () => {
  const admin = await server.signedIn('admin', 'all')
  const made = await server.ask(admin.cookie, 'POST', ENROLL_CODES_PATH, { store_name: 'West' })
  expect(made.status).toBe(201)
  expect(made.json['code']).toMatch(/^\d{8}$/)
  for (const other of [
    await server.signedIn('admin', ['north']),
    await server.signedIn('manager', 'all'),
  ]) {
    const refused = await server.ask(other.cookie, 'POST', ENROLL_CODES_PATH, { store_name: 'W' })
    expect([refused.status, refused.json['code']]).toEqual([403, 'forbidden'])
  }
})

test('[O3] the command line makes the first admin, and opens a locked account again', async () => {
  const run = (more: readonly string[], input?: string) =>
    processes.run(
      [
        'central',
        'user',
        '--database-url',
        databaseUrl,
        '--email',
        'First@example.com',
        '--name',
        'First',
        ...more,
      ],
      input === undefined ? {} : { input },
    )
  const made = await run(['--role', 'admin', '--json'])
  expect(made.status, made.stderr).toBe(0)
  const { password } = JSON.parse(made.stdout) as { password: string }
  expect((await signIn('first@example.com', password)).status).toBe(200)
  for (let n = 0; n < 6; n += 1) await signIn('first@example.com', 'wrong')
  expect((await signIn('first@example.com', password)).status).toBe(429)
  const again = await run(
    ['--role', 'manager', '--store', 'north', '--password-stdin'],
    `${PASSWORD}\n`,
  )
  expect(again.status, again.stderr).toBe(0)
  expect(again.stdout).not.toContain(PASSWORD)
  const answer = await signIn('first@example.com', PASSWORD)
  expect(answer.json['user']).toMatchObject({ role: 'manager', stores: ['north'] })
  const wrong = await run(['--role', 'waiter'])
  expect([wrong.status, wrong.stderr]).toEqual([
    2,
    '--role takes admin, manager, viewer, not waiter\n',
  ])
})
