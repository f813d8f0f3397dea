import { readFileSync } from 'node:fs'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  isKeySealed,
  readKeyFile,
  sealedKeyFile,
  writeKeyFile,
  writeSealedKey,
} from '../key-files.ts'

/** What is used of Electron's `safeStorage`: the asynchronous part, which waits for a locked keychain. */
export interface Keychain {
  isAsyncEncryptionAvailable(): Promise<boolean>
  encryptStringAsync(text: string): Promise<Buffer>
  decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>
  /** On Linux alone. */
  getSelectedStorageBackend?(): string
}

/**
 * The device's key in the keychain of this computer, where there is one that protects it: a folder
 * that is copied or stolen is then no device, and opens nothing that is known of a guest. Else it stays
 * in its file, as it does on a device without a window. One step at a time, so that a key is never
 * looked for while it moves.
 */
export interface KeySafe {
  /** The key; null where it lies in its file, or there is none yet. */
  readonly open: () => Promise<Result<string | null, string>>
  /** Takes the key out of its file, where it is safer. Called as often as one likes. */
  readonly seal: () => Promise<void>
}

interface KeySafeDeps {
  readonly dir: string
  readonly keychain: Keychain
  /** `--key-in-file`: the key goes back into its file, and stays there. */
  readonly staysInFile: boolean
  readonly say: (words: string) => void
}

const LOCKED_OUT =
  'The key of this device lies in the keychain of this computer, and the keychain does not open it. Sign in to the computer as the person who used the program before, and unlock the keychain. If it is gone for good, put a new device in the place of this one: docs/operations.md, "A dead till".'

export function createKeySafe({ dir, keychain, staysInFile, say }: KeySafeDeps): KeySafe {
  let last: Promise<unknown> = Promise.resolve()
  let isRefused = staysInFile

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }

  async function open(): Promise<Result<string | null, string>> {
    if (!isKeySealed(dir)) return ok(null)
    try {
      const sealed = readFileSync(sealedKeyFile(dir))
      const { result, shouldReEncrypt } = await keychain.decryptStringAsync(sealed)
      if (staysInFile) {
        writeKeyFile(dir, result)
        say('the key of this device lies in its file again')
        return ok(null)
      }
      if (shouldReEncrypt) await put(result)
      return ok(result)
    } catch (error) {
      say(`the keychain did not open the key: ${String(error)}`)
      return refuse(LOCKED_OUT)
    }
  }

  async function seal(): Promise<void> {
    const key = isRefused ? null : readKeyFile(dir)
    if (key === null) return
    try {
      if (!(await isProtecting(keychain))) {
        isRefused = true
        return say('this computer has no keychain that protects a key: it stays in its file')
      }
      await put(key)
      say('the key of this device is kept by the keychain now')
    } catch (error) {
      isRefused = true
      say(`the keychain took no key: ${String(error)}`)
    }
  }

  /** What was not read back is not relied on. */
  async function put(key: string): Promise<void> {
    const sealed = await keychain.encryptStringAsync(key)
    const { result } = await keychain.decryptStringAsync(sealed)
    if (result !== key) throw new Error('it gives back another key')
    writeSealedKey(dir, sealed)
  }

  return { open: () => inTurn(open), seal: () => inTurn(seal) }
}

/** On Linux without a keyring it would be a password that stands in Chromium's source. */
async function isProtecting(keychain: Keychain): Promise<boolean> {
  if (!(await keychain.isAsyncEncryptionAvailable())) return false
  const backend = keychain.getSelectedStorageBackend?.()
  return backend !== 'basic_text' && backend !== 'unknown'
}
