import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chooseDatabase } from './settings.ts'

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
