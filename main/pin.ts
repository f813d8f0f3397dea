import { randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto'

/**
 * PINs are short, so what protects them in a stolen file is the cost of one guess: scrypt with
 * N = 2^14, r = 8, p = 1 takes 16 MiB and some tens of milliseconds.
 */
const COST = { N: 16_384, r: 8, p: 1 } as const
const SALT_BYTES = 16
const KEY_BYTES = 32
const HASH_FORM = /^([0-9a-f]{32}):([0-9a-f]{64})$/

/** `salt:key`, both in hex: the form of a staff record's `pinHash`. */
export function hashPin(pin: string): string {
  const salt = randomBytes(SALT_BYTES)
  return joined(salt, scryptSync(pin, salt, KEY_BYTES, COST))
}

/** The same on the thread pool, for a device that is selling meanwhile. */
export function hashPinAside(pin: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, KEY_BYTES, COST, (error, key) => {
      if (error) reject(error)
      else resolve(joined(salt, key))
    })
  })
}

const joined = (salt: Buffer, key: Buffer): string =>
  `${salt.toString('hex')}:${key.toString('hex')}`

/**
 * False for a wrong PIN and for anything that `hashPin` did not make. Runs on the thread pool: a
 * cashier who signs in must not hold up the kitchen's orders.
 */
export function verifyPin(pin: string, hash: string): Promise<boolean> {
  const parts = HASH_FORM.exec(hash)
  if (!parts) return Promise.resolve(false)
  const [, salt = '', key = ''] = parts
  return new Promise((resolve, reject) => {
    scrypt(pin, Buffer.from(salt, 'hex'), KEY_BYTES, COST, (error, derived) => {
      if (error) reject(error)
      else resolve(timingSafeEqual(derived, Buffer.from(key, 'hex')))
    })
  })
}
