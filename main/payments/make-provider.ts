import { readFileSync } from 'node:fs'
import type { CardTerminal } from '../../domain/payments.ts'
import { assert, ok, refuse, type Result } from '../../domain/result.ts'
import { parseAddress, type HostAndPort } from '../../sync/address.ts'
import { createAdyenProvider } from './adyen/provider.ts'
import { createNexoPost } from './adyen/transport.ts'
import type { PaymentProvider } from './provider.ts'
import { createSimulatedProvider } from './simulated/provider.ts'
import { createStripe } from './stripe/calls.ts'
import { createStripeProvider } from './stripe/provider.ts'
import type { CardTerminalConfig } from './terminal-config.ts'

type Environment = Readonly<Record<string, string | undefined>>
type ConfigOf<P extends CardTerminalConfig['provider']> = Extract<
  CardTerminalConfig,
  { provider: P }
>

/** How the log names the terminal. */
export function terminalNamed(config: CardTerminalConfig): Omit<CardTerminal, 'deviceId'> {
  const { provider } = config
  switch (provider) {
    case 'simulated':
      return { provider, terminalId: config.address }
    case 'adyen':
      return { provider, terminalId: config.poi_id }
    case 'stripe':
      return { provider, terminalId: config.reader_id }
  }
}

/** Speaks with the terminal, or says in a sentence what is missing for it. */
export function makeProvider(
  config: CardTerminalConfig,
  deviceId: string,
  env: Environment,
): Result<PaymentProvider, string> {
  switch (config.provider) {
    case 'simulated':
      return ok(createSimulatedProvider(addressIn(config.address)))
    case 'adyen':
      return makeAdyen(config, deviceId, env)
    case 'stripe':
      return makeStripe(config, env)
  }
}

function makeAdyen(
  config: ConfigOf<'adyen'>,
  saleId: string,
  env: Environment,
): Result<PaymentProvider, string> {
  const { poi_id: poiId, key_identifier: identifier, key_version: version } = config
  const ca = readSecret('root_certificate_file', config.root_certificate_file)
  if (!ca.ok) return ca
  const passphrase = secretOf(
    'passphrase_file',
    config.passphrase_file,
    'AURA_ADYEN_PASSPHRASE',
    env,
  )
  if (!passphrase.ok) return passphrase
  const address = addressIn(config.address)
  return ok(
    createAdyenProvider({
      saleId,
      poiId,
      key: { identifier, version, passphrase: passphrase.value },
      post: createNexoPost({ address, ca: ca.value, poiId }),
    }),
  )
}

function makeStripe(config: ConfigOf<'stripe'>, env: Environment): Result<PaymentProvider, string> {
  const secretKey = secretOf(
    'secret_key_file',
    config.secret_key_file,
    'AURA_STRIPE_SECRET_KEY',
    env,
  )
  if (!secretKey.ok) return secretKey
  const { api, reader_id: readerId } = config
  const server =
    api === undefined ? {} : { server: { ...addressIn(api), protocol: 'http' as const } }
  const stripe = createStripe({ secretKey: secretKey.value, ...server })
  return ok(createStripeProvider({ stripe, readerId, nowMs: Date.now }))
}

function secretOf(
  key: string,
  file: string | undefined,
  variable: string,
  env: Environment,
): Result<string, string> {
  if (file !== undefined) return readSecret(key, file)
  const value = env[variable]?.trim() ?? ''
  return value === ''
    ? refuse(`payments.card_terminal.${key} is not set, and neither is ${variable}.`)
    : ok(value)
}

/** What is in it is said nowhere. */
function readSecret(key: string, file: string): Result<string, string> {
  try {
    const text = readFileSync(file, 'utf8').trim()
    if (text !== '') return ok(text)
  } catch {
    // Whatever is wrong with it, whoever reads this can look.
  }
  return refuse(`payments.card_terminal.${key}: ${file} cannot be read, or is empty.`)
}

function addressIn(text: string): HostAndPort {
  const address = parseAddress(text)
  assert(address, 'the configuration was checked')
  return address
}
