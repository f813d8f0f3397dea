import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openKeys, writeNewKeys } from '../data-folder.ts'
import { keyFile, sealedKeyFile } from '../key-files.ts'
import { createKeySafe, type Keychain, type KeySafe } from './key-safe.ts'

let dir: string
let key: string
let deviceId: string
let said: string[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aura-key-'))
  ;({ privateKey: key, deviceId } = writeNewKeys(dir))
  said = []
})
afterEach(() => rmSync(dir, { recursive: true }))

const reversed = (text: string): string => [...text].toReversed().join('')
const keychain: Keychain = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: async (text) => Buffer.from(reversed(text)),
  decryptStringAsync: async (sealed) => ({
    result: reversed(sealed.toString()),
    shouldReEncrypt: false,
  }),
}
const safe = (of: Partial<Keychain> = {}, staysInFile = false): KeySafe =>
  createKeySafe({
    dir,
    keychain: { ...keychain, ...of },
    staysInFile,
    say: (words) => said.push(words),
  })
const inFile = (): string | null =>
  existsSync(keyFile(dir)) ? readFileSync(keyFile(dir), 'utf8') : null

describe('the key of a device, in the keychain', () => {
  test('leaves its file, and comes back out of the keychain alone', async () => {
    await safe().seal()
    expect(inFile()).toBeNull()
    expect(readFileSync(sealedKeyFile(dir), 'utf8')).not.toContain(key.split('\n')[1])
    expect(statSync(sealedKeyFile(dir)).mode & 0o077).toBe(0)
    expect(await safe().open()).toEqual({ ok: true, value: key })
    // Commands beside the device say where it is, and take it when it is handed to them.
    expect(openKeys(dir, deviceId)).toMatchObject({
      ok: false,
      error: expect.stringContaining('--key-in-file') as string,
    })
    expect(openKeys(dir, deviceId, key)).toMatchObject({ ok: true, value: { deviceId } })
  })

  test('stays in its file where nothing would protect it, and that is said once', async () => {
    const none: Partial<Keychain>[] = [
      { isAsyncEncryptionAvailable: async () => false },
      { getSelectedStorageBackend: () => 'basic_text' },
      { getSelectedStorageBackend: () => 'unknown' },
      { encryptStringAsync: () => Promise.reject(new Error('locked')) },
      // What gives back another key than it was given would lock the device out.
      { decryptStringAsync: async () => ({ result: 'another', shouldReEncrypt: false }) },
    ]
    for (const broken of none) {
      said = []
      const one = safe(broken)
      await one.seal()
      await one.seal()
      expect(inFile()).toBe(key)
      expect(existsSync(sealedKeyFile(dir))).toBe(false)
      expect(await one.open()).toEqual({ ok: true, value: null })
      expect(said).toHaveLength(1)
    }
  })

  test('is looked for only when it does not move any more', async () => {
    const one = safe()
    const [, opened] = await Promise.all([one.seal(), one.open()])
    expect(opened).toEqual({ ok: true, value: key })
  })

  test('is the one in the file where somebody pulled the plug between the two', async () => {
    await safe().seal()
    writeFileSync(keyFile(dir), key, { mode: 0o600 })
    const one = safe()
    expect(await one.open()).toEqual({ ok: true, value: null })
    await one.seal()
    expect(inFile()).toBeNull()
  })

  test('of a device that was made anew in this folder is no longer the sealed one', async () => {
    await safe().seal()
    const fresh = writeNewKeys(dir)
    expect(existsSync(sealedKeyFile(dir))).toBe(false)
    expect(openKeys(dir, fresh.deviceId)).toMatchObject({ ok: true })
  })

  test('is sealed anew when the keychain asks for it', async () => {
    await safe().seal()
    const later: Partial<Keychain> = {
      encryptStringAsync: async (text) => Buffer.from(`2${reversed(text)}`),
      decryptStringAsync: async (sealed) => {
        const text = sealed.toString()
        const shouldReEncrypt = !text.startsWith('2')
        return { result: reversed(shouldReEncrypt ? text : text.slice(1)), shouldReEncrypt }
      },
    }
    expect(await safe(later).open()).toEqual({ ok: true, value: key })
    expect(readFileSync(sealedKeyFile(dir), 'utf8')).toMatch(/^2/)
    expect(await safe(later).open()).toEqual({ ok: true, value: key })
  })

  test('is not made up where the keychain does not open: somebody is told what to do', async () => {
    await safe().seal()
    const locked = safe({ decryptStringAsync: () => Promise.reject(new Error('no')) })
    expect(await locked.open()).toMatchObject({
      ok: false,
      error: expect.stringContaining('unlock the keychain') as string,
    })
    expect(existsSync(sealedKeyFile(dir))).toBe(true)
  })

  test('goes back into its file when somebody says so, and stays there', async () => {
    await safe().seal()
    const back = safe({}, true)
    expect(await back.open()).toEqual({ ok: true, value: null })
    expect(inFile()).toBe(key)
    expect(statSync(keyFile(dir)).mode & 0o077).toBe(0)
    expect(existsSync(sealedKeyFile(dir))).toBe(false)
    await back.seal()
    expect(inFile()).toBe(key)
  })
})
