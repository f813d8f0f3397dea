import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What the shell and its terminal say, kept on this computer: one file, and the one before it. The
 * terminal's lines carry no personal data (they are the same that go to standard error).
 */
export interface LogFile {
  readonly write: (text: string) => void
  /** The end of it, for the log window. */
  readonly tail: () => string
}

const MOST_BYTES = 1_000_000
const SHOWN_BYTES = 100_000

export function openLogFile(folder: string): LogFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'aura.log')
  let bytes = existsSync(file) ? statSync(file).size : 0
  return {
    write(text) {
      if (bytes + text.length > MOST_BYTES) {
        renameSync(file, `${file}.1`)
        bytes = 0
      }
      appendFileSync(file, text, { mode: 0o600 })
      bytes += Buffer.byteLength(text)
    },
    tail() {
      const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
      if (text.length <= SHOWN_BYTES) return text
      const end = text.slice(-SHOWN_BYTES)
      return end.slice(end.indexOf('\n') + 1)
    },
  }
}
