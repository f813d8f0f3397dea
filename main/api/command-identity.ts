import { createHash } from 'node:crypto'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { MAX_IDEMPOTENCY_KEY } from './limits.ts'
import { problemOf, type Problem } from './problems.ts'
import type { RestStore } from './rest-store.ts'

/**
 * Repeats are recognised by the log itself, also after a restart: a command's id is computed from
 * who asks for what under which key, followed by a hash of what was asked.
 *
 *     key.<token, method, path, key>.<query and body>
 *
 * A second request with the same first part and another second one reuses a key, and is refused. A
 * request that was refused, or changed nothing, left nothing in the log and binds no key.
 */
export interface CommandIdentity {
  readonly commandId: string
  readonly newOrderId: string
  /** The log holds this very command already. */
  readonly isRepeat: boolean
}

export interface KeyedRequest {
  readonly key: string
  readonly tokenHash: string
  readonly method: string
  readonly path: string
  /** As the schemas read them, so that spelling and order of members do not matter. */
  readonly query: unknown
  readonly body: unknown
}

const KEY_HEX = 32
const BODY_HEX = 16

export async function identifyKeyed(
  store: Pick<RestStore, 'commandIdWith'>,
  { key, tokenHash, method, path, query, body }: KeyedRequest,
): Promise<Result<CommandIdentity, Problem>> {
  if (key.length === 0 || key.length > MAX_IDEMPOTENCY_KEY) {
    return refuse(
      problemOf('invalid_header', `Idempotency-Key takes 1 to ${MAX_IDEMPOTENCY_KEY} characters.`),
    )
  }
  const request = hashOf([tokenHash, method, path, key], KEY_HEX)
  const prefix = `key.${request}`
  // The token's hash and the key stay on this device: with them in it, nobody who reads the log
  // can try out which customer was in the body.
  const commandId = `${prefix}.${hashOf([tokenHash, key, query, body], BODY_HEX)}`
  const taken = await store.commandIdWith(`${prefix}.`)
  if (taken !== null && taken !== commandId) {
    return refuse(
      problemOf(
        'idempotency_key_reused',
        'This Idempotency-Key was used for a request with other content. Use a new one.',
      ),
    )
  }
  return ok({ commandId, newOrderId: `ord.${request}`, isRepeat: taken !== null })
}

const hashOf = (value: unknown, hexDigits: number): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, hexDigits)
