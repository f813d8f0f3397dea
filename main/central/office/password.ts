import { argon2, randomBytes, randomInt, timingSafeEqual, type Argon2Parameters } from 'node:crypto'
import { promisify } from 'node:util'

/**
 * Passwords by argon2id (RFC 9106), in the usual notation, so that the parameters travel with each
 * hash and may grow: `$argon2id$v=19$m=47104,t=1,p=1$SALT$HASH`. These are the first of the sets that
 * OWASP's password storage page recommends: 46 MiB and one pass, about 50 ms.
 */
const MEMORY_KIB = 47_104
const PASSES = 1
const LANES = 1
const SALT_BYTES = 16
const HASH_BYTES = 32

/** Each run takes 46 MiB: so many at a time, and so many that wait (rule P3). */
const MAX_RUNNING = 2
const MAX_WAITING = 50

const derive = promisify(argon2)

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive('argon2id', {
    message: password,
    nonce: salt,
    memory: MEMORY_KIB,
    passes: PASSES,
    parallelism: LANES,
    tagLength: HASH_BYTES,
  })
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(salt)}$${base64(hash)}`
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replaceAll('=', '')

/** False also for a hash that is none. */
export async function isPassword(stored: string, password: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored)
  if (parts === null) return false
  const [, memory, passes, parallelism, salt = '', hash = ''] = parts
  const expected = Buffer.from(hash, 'base64')
  const parameters: Argon2Parameters = {
    message: password,
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  }
  return timingSafeEqual(await derive('argon2id', parameters), expected)
}

/** Compares passwords, a bounded number at a time. Null: too many wait already. */
export function createPasswordCheck(): (
  stored: string,
  password: string,
) => Promise<boolean | null> {
  let running = 0
  const waiting: (() => void)[] = []

  return async (stored, password) => {
    if (running >= MAX_RUNNING) {
      if (waiting.length >= MAX_WAITING) return null
      // Whoever goes leaves the place to the next one, so `running` stays.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await isPassword(stored, password)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

/** No letter or digit that is taken for another one. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 5
const GROUP_LENGTH = 4

/** Twenty characters of 31, nearly a hundred bits: `k3fm-…`. */
export const newPassword = (): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  ).join('-')
