import { randomInt } from 'node:crypto'
import { createTurnstile, hashArgon2id, readArgon2id } from '../../argon2id.ts'

/** The first of the sets that OWASP's password storage page recommends: 46 MiB, one pass, about 50 ms. */
const COST = { memoryKib: 47_104, passes: 1 } as const

/** Each run takes 46 MiB: so many at a time, and so many that wait (rule P3). */
const MAX_RUNNING = 2
const MAX_WAITING = 50

export const hashPassword = (password: string): Promise<string> => hashArgon2id(password, COST)

/** False also for a hash that is none. */
export const isPassword = async (stored: string, password: string): Promise<boolean> =>
  (await readArgon2id(stored)?.opensWith(password, null)) ?? false

/** Compares passwords, a bounded number at a time. Null: too many wait already. */
export function createPasswordCheck(): (
  stored: string,
  password: string,
) => Promise<boolean | null> {
  const inTurn = createTurnstile({ running: MAX_RUNNING, waiting: MAX_WAITING })
  return (stored, password) => inTurn(() => isPassword(stored, password))
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
