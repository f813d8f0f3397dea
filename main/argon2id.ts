import {
  argon2,
  argon2Sync,
  randomBytes,
  timingSafeEqual,
  type Argon2Parameters,
} from 'node:crypto'
import { promisify } from 'node:util'

/**
 * What people remember, hashed by argon2id (RFC 9106) in the usual notation, so that the parameters
 * travel with each hash and may grow: `$argon2id$v=19$m=47104,t=1,p=1$SALT$HASH`. Of one that was
 * hashed with a secret beside it, `keyid` says which: `…,p=1,keyid=KEY$SALT$HASH`; and `data` is what
 * may be known of the text and is bound into its hash: `…,p=1,keyid=KEY,data=DATA$SALT$HASH`.
 */
export interface Cost {
  readonly memoryKib: number
  readonly passes: number
}

/** A secret that is not stored with the hashes. */
export interface Pepper {
  readonly keyId: string
  readonly secret: Uint8Array
}

const LANES = 1
const SALT_BYTES = 16
const HASH_BYTES = 32
const FORM =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})(?:,keyid=([\w-]{1,64}))?(?:,data=([\w+/]{1,40}))?\$([\w+/]+)\$([\w+/]+)$/

const derive = promisify(argon2)

const costs = ({ memoryKib, passes }: Cost) => ({
  memory: memoryKib,
  passes,
  parallelism: LANES,
  tagLength: HASH_BYTES,
})

/** On the thread pool: whoever sells meanwhile does not wait. */
export async function hashArgon2id(
  text: string,
  cost: Cost,
  pepper: Pepper | null = null,
  data = '',
): Promise<string> {
  const nonce = randomBytes(SALT_BYTES)
  const beside = besideOf(pepper, data)
  const hash = await derive('argon2id', { message: text, nonce, ...costs(cost), ...beside })
  return written(cost, pepper, data, nonce, hash)
}

/** Where nobody waits: a store that is being made. */
export function hashArgon2idSync(text: string, cost: Cost, pepper: Pepper | null = null): string {
  const nonce = randomBytes(SALT_BYTES)
  const beside = besideOf(pepper, '')
  const hash = argon2Sync('argon2id', { message: text, nonce, ...costs(cost), ...beside })
  return written(cost, pepper, '', nonce, hash)
}

const besideOf = (pepper: Pepper | null, data: string) => ({
  ...(pepper && { secret: pepper.secret }),
  ...(data !== '' && { associatedData: Buffer.from(data) }),
})

function written(
  { memoryKib, passes }: Cost,
  pepper: Pepper | null,
  data: string,
  salt: Buffer,
  hash: Buffer,
): string {
  const keyId = pepper ? `,keyid=${pepper.keyId}` : ''
  const known = data === '' ? '' : `,data=${base64(Buffer.from(data))}`
  const parameters = `m=${memoryKib},t=${passes},p=${LANES}${keyId}${known}`
  return `$argon2id$v=19$${parameters}$${base64(salt)}$${base64(hash)}`
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replaceAll('=', '')

/** What a hash says of itself; null: it is none of these. */
export interface Argon2idHash {
  readonly keyId: string | null
  readonly data: string
  readonly opensWith: (text: string, pepper: Pepper | null) => Promise<boolean>
}

export function readArgon2id(stored: string): Argon2idHash | null {
  const parts = FORM.exec(stored)
  if (parts === null) return null
  const [, memory, passes, parallelism, keyId = null, known = '', salt = '', hash = ''] = parts
  const data = Buffer.from(known, 'base64').toString()
  const expected = Buffer.from(hash, 'base64')
  const parameters: Omit<Argon2Parameters, 'message'> = {
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  }
  return {
    keyId,
    data,
    opensWith: async (text, pepper) => {
      const beside = besideOf(pepper, data)
      const derived = await derive('argon2id', { message: text, ...parameters, ...beside })
      return timingSafeEqual(derived, expected)
    },
  }
}

/**
 * Lets so many run at a time, and so many wait (rule P3): each run takes its memory. Null: too many
 * wait already.
 */
export function createTurnstile(limits: { readonly running: number; readonly waiting: number }) {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (running >= limits.running) {
      if (waiting.length >= limits.waiting) return null
      // Whoever goes leaves the place to the next one, so `running` stays.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
