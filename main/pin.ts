import { hkdfSync, scrypt, timingSafeEqual } from 'node:crypto'
import { createTurnstile, hashArgon2id, hashArgon2idSync, readArgon2id } from './argon2id.ts'
import { USUAL_PIN_DIGITS } from '../domain/staff.ts'
import type { Pepper } from './argon2id.ts'
import type { KeyRing } from './personal-data/key-ring.ts'

/**
 * PINs are short, so a hash alone keeps nobody off who has the file: ten thousand guesses are made
 * in minutes. What does is a pepper, which is derived from the store's data key (decisions 0041,
 * 0110): the hash is worth nothing without the key of a member. The cost of a guess is the second of the sets
 * that OWASP's password storage page recommends: 19 MiB and two passes.
 */
const COST = { memoryKib: 19_456, passes: 2 } as const
const PEPPER_BYTES = 32

/** Each run takes 19 MiB: so many at a time, and so many that wait (rule P3). */
const LIMITS = { running: 2, waiting: 20 } as const

type PinKeys = Pick<KeyRing, 'find' | 'sealing'>

/** How a PIN compares with a stored hash. `no_key`: this device lacks the key that it takes. */
export type PinCheck =
  | { readonly kind: 'right'; readonly isToRenew: boolean }
  | { readonly kind: 'wrong' | 'no_key' | 'busy' }

export interface Pins {
  readonly hash: (pin: string) => Promise<string>
  readonly check: (pin: string, stored: string) => Promise<PinCheck>
}

export function createPins(keys: PinKeys): Pins {
  const inTurn = createTurnstile(LIMITS)
  const pepperNow = () => pepperOf(keys.sealing())
  return {
    hash: (pin) => hashArgon2id(pin, COST, pepperNow(), lengthOf(pin)),
    check: async (pin, stored) => (await inTurn(() => check(pin, stored))) ?? { kind: 'busy' },
  }

  async function check(pin: string, stored: string): Promise<PinCheck> {
    const read = readArgon2id(stored)
    if (read === null) {
      const isRight = await isOldPin(pin, stored)
      return isRight ? { kind: 'right', isToRenew: true } : { kind: 'wrong' }
    }
    const key = read.keyId === null ? null : keys.find(read.keyId)
    if (read.keyId !== null && key === null) return { kind: 'no_key' }
    if (!(await read.opensWith(pin, key && pepperOf(key)))) return { kind: 'wrong' }
    return { kind: 'right', isToRenew: read.keyId !== keys.sealing().id }
  }
}

const pepperOf = ({
  id,
  secret,
}: {
  readonly id: string
  readonly secret: Uint8Array
}): Pepper => ({
  keyId: id,
  secret: new Uint8Array(
    hkdfSync('sha256', secret, new Uint8Array(), 'aura data key 1 pin pepper', PEPPER_BYTES),
  ),
})

/** How many digits it has, where that is not the usual: the screens ask for as many. */
const lengthOf = (pin: string): string => (pin.length === USUAL_PIN_DIGITS ? '' : `${pin.length}`)

/** While a store is made, of four digits. */
export const hashPin = (pin: string, key?: Parameters<typeof pepperOf>[0]): string =>
  hashArgon2idSync(pin, COST, key ? pepperOf(key) : null)

/** Without a pepper, where there is no key: a centre that knows no guests. */
export const hashPinPlain = (pin: string): Promise<string> =>
  hashArgon2id(pin, COST, null, lengthOf(pin))

/** As versions before this one hashed: scrypt with N = 2^14, r = 8, p = 1, `salt:key` in hex. */
const OLD_COST = { N: 16_384, r: 8, p: 1 } as const
const OLD_KEY_BYTES = 32
const OLD_FORM = /^([0-9a-f]{32}):([0-9a-f]{64})$/

function isOldPin(pin: string, stored: string): Promise<boolean> {
  const parts = OLD_FORM.exec(stored)
  if (!parts) return Promise.resolve(false)
  const [, salt = '', key = ''] = parts
  return new Promise((resolve, reject) => {
    scrypt(pin, Buffer.from(salt, 'hex'), OLD_KEY_BYTES, OLD_COST, (error, derived) => {
      if (error) reject(error)
      else resolve(timingSafeEqual(derived, Buffer.from(key, 'hex')))
    })
  })
}
