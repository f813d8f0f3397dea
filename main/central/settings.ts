import { join } from 'node:path'
import { isLoopback } from '../../sync/address.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { CentralDatabase, CentralOptions } from './central.ts'
import { readCentreKey } from './member/centre-key.ts'

/** What the centre is told: by the command line, else by the environment, else by nobody. */

export const DEFAULT_CENTRAL_PORT = 8010

/** Every variable that is read, and what it is for. deploy/ names these and no others. */
export const CENTRAL_VARIABLES = {
  DATABASE_URL: 'PostgreSQL, as postgres://USER:PASSWORD@HOST:PORT/NAME',
  AURA_DATABASE_CONNECTIONS: 'connections of one process to it at most (10)',
  HOST: 'address to listen on (127.0.0.1)',
  PORT: 'port to listen on (8010); 0 is any',
  AURA_BEHIND_TLS: '1: something in front ends TLS. Then HOST may be any, and stores have to enrol',
  AURA_METRICS_TOKEN: 'bearer token that /metrics asks for; behind TLS there is none without it',
  AURA_DRAIN_SECONDS: 'how long it still serves after it has said that it is not ready (0)',
  AURA_CENTRAL_KEY:
    'key that the keys of the centre are sealed with in the database: 32 bytes in base64',
  AURA_PUBLIC_URL: 'where guests and browsers reach the centre, in front of what ends TLS',
  AURA_PUSH_PUBLIC_KEY:
    'what browsers of guests subscribe with; the devices have the private half (aura push keys)',
  ELECTRIC_URL: 'a real Electric for the way down',
  ELECTRIC_SECRET: "that Electric's own secret",
} as const
type Variable = keyof typeof CENTRAL_VARIABLES

export type Environment = Readonly<Record<string, string | undefined>>

/** What the command line said. */
export interface CentralArguments {
  readonly databaseUrl?: string
  /** Folder of a PostgreSQL of the centre's own. */
  readonly embeddedDir?: string
  readonly host?: string
  /** 0: any. */
  readonly port?: number
  readonly electricUrl?: string
  readonly behindTls?: boolean
}

export type CentralSettings = Omit<CentralOptions, 'logger'>

/** Every fault at once, each in a sentence that names what to change. */
export function readSettings(
  given: CentralArguments,
  environment: Environment,
): Result<CentralSettings, readonly string[]> {
  const faults: string[] = []
  const value = (name: Variable): string | undefined => environment[name]?.trim() || undefined
  const number = (name: Variable, least: number, most: number): number | undefined => {
    const text = value(name)
    if (text === undefined) return undefined
    const read = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
    if (read >= least && read <= most) return read
    faults.push(`${name} takes ${least} to ${most}, not "${text}".`)
    return undefined
  }
  const url = (name: Variable, schemes: readonly string[]): string | undefined => {
    const text = value(name)
    if (text === undefined) return undefined
    const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : ''
    // The address may hold a password, so it is not shown.
    if (!schemes.includes(scheme))
      faults.push(`${name} takes an address that begins with ${schemes.join(':// or ')}://.`)
    return text
  }
  const isOn = (name: Variable): boolean => {
    const text = value(name) ?? '0'
    if (!/^[01]$/.test(text)) faults.push(`${name} takes 1 or 0, not "${text}".`)
    return text === '1'
  }

  const database = chooseDatabase(given, url('DATABASE_URL', ['postgres', 'postgresql']))
  const electricUrl = given.electricUrl ?? url('ELECTRIC_URL', ['http', 'https'])
  const host = given.host ?? value('HOST') ?? '127.0.0.1'
  const port = given.port ?? number('PORT', 0, 65_535) ?? DEFAULT_CENTRAL_PORT
  const isBehindTls = isOn('AURA_BEHIND_TLS') || given.behindTls === true
  const connections = number('AURA_DATABASE_CONNECTIONS', 2, 1_000)
  const drainSeconds = number('AURA_DRAIN_SECONDS', 0, 300) ?? 0
  const metricsToken = value('AURA_METRICS_TOKEN')
  const publicUrl = url('AURA_PUBLIC_URL', ['http', 'https'])
  const pushPublicKey = value('AURA_PUSH_PUBLIC_KEY')
  if (pushPublicKey !== undefined && !/^[A-Za-z0-9_-]{87}$/.test(pushPublicKey)) {
    faults.push('AURA_PUSH_PUBLIC_KEY takes the 87 characters that "aura push keys" says.')
  }
  const keyText = value('AURA_CENTRAL_KEY')
  const key = keyText === undefined ? null : readCentreKey(keyText)
  if (key?.ok === false) faults.push(key.error)
  const electricSecret = value('ELECTRIC_SECRET')
  if (!isBehindTls && !isLoopback(host)) faults.push(notWithoutTls(host))
  if (metricsToken !== undefined && !/^[\w~+/.=-]{16,500}$/.test(metricsToken)) {
    faults.push(
      'AURA_METRICS_TOKEN takes 16 characters or more, of those that a bearer token may have.',
    )
  }
  if (electricSecret !== undefined && electricUrl === undefined) {
    faults.push('ELECTRIC_SECRET is set and ELECTRIC_URL is not.')
  }
  faults.push(...misspelt(environment))
  if (faults.length > 0) return refuse(faults)
  return ok({
    host,
    port,
    database,
    isBehindTls,
    drainMs: drainSeconds * 1_000,
    ...(connections !== undefined && { connections }),
    ...(metricsToken !== undefined && { metricsToken }),
    ...(publicUrl !== undefined && { publicUrl: publicUrl.replace(/\/+$/, '') }),
    ...(pushPublicKey !== undefined && { pushPublicKey }),
    ...(key?.ok === true && { key: key.value }),
    ...(electricUrl !== undefined && {
      electric: { url: electricUrl, secret: electricSecret ?? null },
    }),
  })
}

export const notWithoutTls = (host: string): string =>
  `The centre listens on this computer alone (127.0.0.1); ${host} is refused. Tokens travel in the clear: put something in front that ends TLS, and say so with AURA_BEHIND_TLS=1 or --behind-tls.`

/** A switch that is written wrong is off without a word; for those that guard something that is too little. */
function misspelt(environment: Environment): string[] {
  return Object.keys(environment)
    .filter((name) => /^AURA_(BEHIND|DATABASE|METRICS|DRAIN|CENTRAL|PUBLIC|PUSH)/.test(name))
    .filter((name) => !(name in CENTRAL_VARIABLES))
    .map(
      (name) =>
        `${name} is no setting of the centre. There are ${Object.keys(CENTRAL_VARIABLES).join(', ')}.`,
    )
}

export function chooseDatabase(
  { databaseUrl, embeddedDir }: Pick<CentralArguments, 'databaseUrl' | 'embeddedDir'>,
  environmentUrl: string | undefined,
): CentralDatabase {
  if (databaseUrl !== undefined) return { url: databaseUrl }
  if (embeddedDir !== undefined) return { embeddedDir }
  if (environmentUrl !== undefined && environmentUrl !== '') return { url: environmentUrl }
  return { embeddedDir: join('data', 'central') }
}
