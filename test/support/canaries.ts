import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Customer } from '../../domain/customer.ts'

/**
 * Guests whose every word can be found again in any bytes: each field carries a mark that is nowhere
 * else, and a mark is looked for as it lies in all the ways in which text is written down.
 */
const MARKS = ['Qänary', 'qx7canary', '990077155', 'Wx9ßcanary'] as const

export const canary = (n: number): Readonly<Record<keyof Customer, string>> => ({
  name: `Qänary ${n}`,
  phone: `+49 990077155${String(n).padStart(4, '0')}`,
  email: `qx7canary.${n}@guests.example`,
  address: `${n} Wx9ßcanary Row`,
})

type Encode = (text: string) => Buffer

const base64At = (shift: number, alphabet: 'base64' | 'base64url'): Encode => {
  const cut = Math.ceil((shift * 8) / 6)
  return (text) => {
    const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
    // The last characters depend on what follows.
    const end = Math.floor((whole.length * 8) / 6)
    return Buffer.from(whole.toString(alphabet).slice(cut, end))
  }
}

const escapeAll = (text: string, escape: (code: string) => string): string =>
  text.replaceAll(/[^\x20-\x7e]/g, (character) =>
    escape(character.charCodeAt(0).toString(16).padStart(4, '0')),
  )

/** By what each is called. */
export const ENCODINGS: Readonly<Record<string, Encode>> = {
  'UTF-8': (text) => Buffer.from(text),
  'lower case': (text) => Buffer.from(text.toLowerCase()),
  'Latin-1': (text) => Buffer.from(text, 'latin1'),
  'UTF-16 LE': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16 BE': (text) => Buffer.from(text, 'utf16le').swap16(),
  hex: (text) => Buffer.from(Buffer.from(text).toString('hex')),
  HEX: (text) => Buffer.from(Buffer.from(text).toString('hex').toUpperCase()),
  'base64, first byte': base64At(0, 'base64'),
  'base64, second byte': base64At(1, 'base64'),
  'base64, third byte': base64At(2, 'base64'),
  'base64url, first byte': base64At(0, 'base64url'),
  'base64url, second byte': base64At(1, 'base64url'),
  'base64url, third byte': base64At(2, 'base64url'),
  URL: (text) => Buffer.from(encodeURIComponent(text)),
  JSON: (text) => Buffer.from(escapeAll(text, (code) => String.raw`\u${code}`)),
}

const patterns = [
  ...new Map(
    MARKS.flatMap((mark) =>
      Object.entries(ENCODINGS).map(([name, encode]) => {
        const bytes = encode(mark)
        return [bytes.toString('latin1'), { mark, name, bytes }] as const
      }),
    ),
  ).values(),
]

/** What of the guests stands in these bytes, and how. */
export const canariesIn = (bytes: Uint8Array): string[] => {
  const held = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return patterns
    .filter((pattern) => held.includes(pattern.bytes))
    .map(({ mark, name }) => `${mark} (${name})`)
}

/** The same of every file below some folders. */
export function canariesInFiles(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const file = join(entry.parentPath, entry.name)
        return canariesIn(readIfThere(file)).map((found) => `${file}: ${found}`)
      }),
  )
}

/** A database's server removes files as it goes. */
function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
