import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { isLoopback } from '../sync/address.ts'
import { LANGUAGES, NOTICE_CHANNELS } from '../domain/notices.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import { isPair } from './push/vapid.ts'
import { cardTerminalConfig } from './payments/terminal-config.ts'

const serviceUrl = z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default('')

/** What goes to a provider names a guest. */
function isSafeUrl(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || isLoopback(hostname)
}

const configSchema = z.strictObject({
  orders: z
    .strictObject({
      max_items_per_order: z.int().min(1).max(500).default(50),
      order_timeout_minutes: z.int().min(1).max(10_080).default(120),
      auto_confirm_enabled: z.boolean().default(true),
      keep_closed_days: z.union([z.int().min(0).max(3_650), z.literal('never')]).default(30),
      kitchen_alarm_seconds: z.int().min(3).max(3_600).default(30),
    })
    .prefault({}),
  payments: z
    .strictObject({
      card_terminal: cardTerminalConfig.nullable().default(null),
      offline_limit: z.int().min(0).max(9_000_000_000).default(0),
    })
    .prefault({}),
  api: z
    .strictObject({ requests_per_minute: z.int().min(60).max(10_000_000).default(60_000) })
    .prefault({}),
  webhooks: z
    .strictObject({ private_hosts: z.array(z.string().min(1).max(253)).max(100).default([]) })
    .prefault({}),
  integrations: z
    .strictObject({
      menu_service_url: serviceUrl,
      inventory_service_url: serviceUrl,
      payment_service_url: serviceUrl,
    })
    .prefault({}),
  notifications: z
    .strictObject({
      enabled: z.boolean().default(true),
      channels: z.array(z.enum(NOTICE_CHANNELS)).default([...NOTICE_CHANNELS]),
      language: z.enum(LANGUAGES).default('en'),
      email: z
        .strictObject({
          host: z.string().min(1),
          port: z.int().min(1).max(65_535).default(587),
          secure: z.boolean().default(false),
          user: z.string().optional(),
          password: z.string().optional(),
          from: z.string().regex(/@/, 'has to be an address of mail'),
        })
        .nullable()
        .default(null),
      sms: z
        .strictObject({
          url: z.url({ protocol: /^https?$/ }).refine(isSafeUrl, {
            message: 'has to be https, or on this computer',
          }),
          token: z.string().optional(),
          from: z.string().optional(),
        })
        .nullable()
        .default(null),
      push: z
        .strictObject({
          subject: z.string().regex(/^(mailto:.+@.+|https:\/\/.+)$/, {
            message: 'has to be mailto:… or https://…',
          }),
          public_key: z.string(),
          private_key: z.string(),
          private_hosts: z.array(z.string().min(1).max(253)).max(100).default([]),
        })
        .refine(
          ({ public_key: publicKey, private_key: privateKey }) => isPair({ publicKey, privateKey }),
          {
            message: 'public_key and private_key are no pair; make one with: aura push keys',
          },
        )
        .nullable()
        .default(null),
    })
    .prefault({}),
})
export type Config = z.infer<typeof configSchema>

export const defaultConfig = (): Config => configSchema.parse({})

/** Reads a configuration file. A wrong key or value is named with its line. */
export function readConfig(file: string): Result<Config, string> {
  try {
    return parseConfig(readFileSync(file, 'utf8'), file)
  } catch (error) {
    return refuse(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`)
  }
}

export function parseConfig(text: string, name: string): Result<Config, string> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [syntaxError] = document.errors
  if (syntaxError) {
    const line = lines.linePos(syntaxError.pos[0]).line
    return refuse(`${name}:${line}: ${syntaxError.message.split('\n')[0]}`)
  }
  const parsed = configSchema.safeParse(document.toJS() ?? {})
  if (parsed.success) return ok(parsed.data)
  const faults = parsed.error.issues.map((issue) => {
    const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    const path = [...issue.path, ...unknownKey]
    return `${name}:${lineOf(document, lines, path)}: ${path.join('.')}: ${issue.message}`
  })
  return refuse(faults.join('\n'))
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true)
    const range = (node as { range?: readonly number[] } | undefined)?.range
    if (range?.[0] !== undefined) return lines.linePos(range[0]).line
  }
  return 1
}
