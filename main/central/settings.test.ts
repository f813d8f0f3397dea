import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chooseDatabase, readSettings, type Environment } from './settings.ts'

describe('which database the centre uses', () => {
  test.each([
    [{ databaseUrl: 'given' }, 'environment', { url: 'given' }],
    [{ embeddedDir: 'given' }, 'environment', { embeddedDir: 'given' }],
    [{}, 'environment', { url: 'environment' }],
    [{}, '', { embeddedDir: join('data', 'central') }],
    [{}, undefined, { embeddedDir: join('data', 'central') }],
  ])('%o with DATABASE_URL=%s: %o', (options, environmentUrl, chosen) => {
    expect(chooseDatabase(options, environmentUrl)).toEqual(chosen)
  })
})

describe('what the environment says', () => {
  test('nothing: this computer alone', () => {
    expect(readSettings({}, {})).toEqual({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 8010,
        database: { embeddedDir: join('data', 'central') },
        isBehindTls: false,
        drainMs: 0,
      },
    })
  })

  test('everything, and the command line goes before it', () => {
    const environment = {
      DATABASE_URL: 'postgres://u:p@db/aura',
      AURA_DATABASE_CONNECTIONS: '20',
      HOST: '0.0.0.0',
      PORT: '80',
      AURA_BEHIND_TLS: '1',
      AURA_METRICS_TOKEN: 'a-token-of-some-length',
      AURA_DRAIN_SECONDS: '5',
      ELECTRIC_URL: 'http://electric:3000',
      ELECTRIC_SECRET: 'secret',
      AURA_SOMETHING_ELSE: 'not ours to judge',
    }
    expect(readSettings({ port: 81 }, environment)).toEqual({
      ok: true,
      value: {
        host: '0.0.0.0',
        port: 81,
        database: { url: 'postgres://u:p@db/aura' },
        connections: 20,
        isBehindTls: true,
        metricsToken: 'a-token-of-some-length',
        drainMs: 5_000,
        electric: { url: 'http://electric:3000', secret: 'secret' },
      },
    })
  })

  test.each<[string, Environment]>([
    ['PORT takes', { PORT: '80a' }],
    ['PORT takes', { PORT: '70000' }],
    ['AURA_DATABASE_CONNECTIONS takes', { AURA_DATABASE_CONNECTIONS: '0' }],
    ['AURA_DRAIN_SECONDS takes', { AURA_DRAIN_SECONDS: 'soon' }],
    ['DATABASE_URL takes', { DATABASE_URL: 'mysql://u:hidden@db/aura' }],
    ['ELECTRIC_URL takes', { ELECTRIC_URL: 'electric:3000' }],
    ['ELECTRIC_URL is not', { ELECTRIC_SECRET: 'hidden' }],
    ['AURA_BEHIND_TLS takes 1 or 0', { AURA_BEHIND_TLS: 'yes' }],
    ['AURA_METRICS_TOKEN takes', { AURA_METRICS_TOKEN: 'hidden' }],
    ['AURA_BEHIND_TSL is no setting', { AURA_BEHIND_TSL: '1' }],
    ['0.0.0.0 is refused', { HOST: '0.0.0.0' }],
  ])('is refused with what is wrong: %s', (words, environment) => {
    const read = readSettings({}, environment)
    expect(read).toMatchObject({ ok: false, error: [expect.stringContaining(words)] })
    expect(JSON.stringify(read)).not.toContain('hidden')
  })
})
