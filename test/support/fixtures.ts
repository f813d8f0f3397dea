import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export const FIXTURES = join(import.meta.dirname, '..', 'fixtures')

/** Puts the data folder of a device, as a released version left it, where it can be written. */
export function unpackFixture(version: string, device: string, dir: string): void {
  const from = join(FIXTURES, version, device)
  mkdirSync(dir, { mode: 0o700 })
  const database = gunzipSync(readFileSync(join(from, 'store.db.gz')))
  writeFileSync(join(dir, 'store.db'), database, { mode: 0o600 })
  copyFileSync(join(from, 'device.crt'), join(dir, 'device.crt'))
  // A checkout knows no file that is for its owner alone.
  writeFileSync(join(dir, 'device.key'), readFileSync(join(from, 'device.key')), { mode: 0o600 })
}

const keptProgram = (version: string): string => join(FIXTURES, version, 'program.mjs.gz')

/** Whether the program was kept with its data. */
export const hasProgram = (version: string): boolean => existsSync(keptProgram(version))

/** The program of a released version, in a folder of its own. */
export function unpackProgram(version: string): string {
  // Inside the house, so that it finds the packages that it uses.
  const inside = join(process.cwd(), 'dist')
  mkdirSync(inside, { recursive: true })
  const program = join(mkdtempSync(join(inside, 'then-')), 'program.mjs')
  writeFileSync(program, gunzipSync(readFileSync(keptProgram(version))))
  return program
}
