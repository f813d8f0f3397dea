import { createHash } from 'node:crypto'

/** What a run did: counted, hashed line by line, and its end kept for whoever reads a failure. */
export interface RunLog {
  /** One step of the run. */
  readonly step: (line: string) => void
  /** Something that goes with a step. */
  readonly note: (line: string) => void
  readonly count: (what: string) => void
  readonly steps: () => number
  readonly counts: () => ReadonlyMap<string, number>
  readonly lastLines: () => readonly string[]
  /** SHA-256 over all lines: the same seed gives the same. */
  readonly hash: () => string
}

const LINES_KEPT = 60

/** `onLine` hears every line, also those that are not kept. */
export function createRunLog(
  nowMs: () => number,
  onLine: (line: string) => void = () => {},
): RunLog {
  const hash = createHash('sha256')
  const counts = new Map<string, number>()
  let lines: string[] = []
  let steps = 0

  function note(line: string): void {
    const dated = `${nowMs()} ${line}`
    hash.update(`${dated}\n`)
    lines.push(dated)
    onLine(dated)
    if (lines.length >= LINES_KEPT * 2) lines = lines.slice(-LINES_KEPT)
  }

  return {
    step(line) {
      steps += 1
      note(line)
    },
    note,
    count: (what) => counts.set(what, (counts.get(what) ?? 0) + 1),
    steps: () => steps,
    counts: () => counts,
    lastLines: () => lines.slice(-LINES_KEPT),
    hash: () => hash.copy().digest('hex'),
  }
}
