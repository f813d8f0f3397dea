import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where the private key of a device lies: in a file for its owner alone, or, where the desktop
 * program found a keychain that protects it, in one that only this computer's keychain opens.
 *
 *     device.key          PEM (0600)
 *     device.key.sealed   the same, sealed by the keychain; then there is no device.key
 *
 * Where both are there, somebody was interrupted between them: they hold the same key.
 */
export const keyFile = (dir: string): string => join(dir, 'device.key')
export const sealedKeyFile = (dir: string): string => join(dir, 'device.key.sealed')

/** Whether the key can be had from the desktop program alone. */
export const isKeySealed = (dir: string): boolean =>
  !existsSync(keyFile(dir)) && existsSync(sealedKeyFile(dir))

/** The key, where it lies in a file; one reading, so that nobody seals it in between. */
export function readKeyFile(dir: string): string | null {
  try {
    return readFileSync(keyFile(dir), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** From here on this is the key: one that was sealed before is none any more. */
export function writeKeyFile(dir: string, privateKey: string): void {
  writeWhole(keyFile(dir), privateKey)
  rmSync(sealedKeyFile(dir), { force: true })
}

/** Takes the key out of its file. The caller has seen that `sealed` opens to the same key. */
export function writeSealedKey(dir: string, sealed: Uint8Array): void {
  writeWhole(sealedKeyFile(dir), sealed)
  rmSync(keyFile(dir), { force: true })
}

/** All of it or nothing, whenever the power goes. */
function writeWhole(file: string, content: string | Uint8Array): void {
  const part = `${file}.part`
  rmSync(part, { force: true })
  writeFileSync(part, content, { mode: 0o600, flush: true })
  renameSync(part, file)
}
