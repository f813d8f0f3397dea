import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, refuse, type Result } from '../../../domain/result.ts'

/**
 * The centre's own key: what lies in its database and nobody who only has the database may use is
 * sealed with it, its private keys in the stores above all. It is no part of a backup of PostgreSQL.
 */
export interface CentreKey {
  /** `purpose` is bound into it: it opens for no other one. The same text gives the same. */
  readonly seal: (purpose: string, text: string) => string
  /** Null where it was not sealed so. */
  readonly open: (purpose: string, sealed: string) => string | null
}

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_FILE = 'central.key'

export function centreKeyOf(secret: Uint8Array): CentreKey {
  const derive = (name: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), `aura centre ${name} 1`, KEY_BYTES))
  const cipherKey = derive('cipher')
  const nonceKey = derive('nonce')
  const boundTo = (purpose: string): Buffer => Buffer.from(JSON.stringify(['aura centre', purpose]))
  return {
    seal: (purpose, text) => {
      const bound = boundTo(purpose)
      // A keyed hash of what is sealed: it repeats for the very same text alone.
      const nonce = createHmac('sha256', nonceKey)
        .update(bound)
        .update(text)
        .digest()
        .subarray(0, NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, cipherKey, nonce).setAAD(bound)
      const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return Buffer.concat(sealed).toString('base64url')
    },
    open: (purpose, sealed) => {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null
      const nonce = bytes.subarray(0, NONCE_BYTES)
      const opener = createDecipheriv(CIPHER, cipherKey, nonce, { authTagLength: TAG_BYTES })
      opener.setAAD(boundTo(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        const text = opener.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
        return Buffer.concat([text, opener.final()]).toString('utf8')
      } catch {
        // Another key, another purpose, or bytes that somebody made up.
        return null
      }
    },
  }
}

/** From the environment: base64 of 32 bytes. */
export function readCentreKey(text: string): Result<CentreKey, string> {
  const secret = Buffer.from(text, 'base64')
  return secret.length === KEY_BYTES
    ? ok(centreKeyOf(secret))
    : refuse(`AURA_CENTRAL_KEY takes ${KEY_BYTES} bytes in base64: openssl rand -base64 32`)
}

/** Beside a PostgreSQL of the centre's own: made where there is none, for its owner's eyes alone. */
export function keyInFolder(dir: string): Result<CentreKey, string> {
  const file = join(dir, KEY_FILE)
  if (!existsSync(file)) {
    const made = randomBytes(KEY_BYTES).toString('base64')
    writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
  }
  const read = readCentreKey(readFileSync(file, 'utf8').trim())
  return read.ok ? read : refuse(`${file} holds no key of the centre.`)
}
