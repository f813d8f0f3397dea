import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openConnection } from '../../../db/sqlite/connection.ts'
import { verifyFile } from '../../../db/sqlite/verify.ts'
import { createDisk } from './disk.ts'
import { readTrace, type TraceRecord } from './trace.ts'

export interface PowerCutReport {
  readonly cuts: number
  /** Cuts after which entries that had been acknowledged were still there, summed over all cuts. */
  readonly acknowledged: number
  readonly lost: readonly string[]
  readonly corrupt: readonly string[]
}

/** Whether this machine can record: Linux with a C compiler. */
export const canRecord = (): boolean =>
  process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0

/** Records a till at work, file by file and flush by flush. */
export function recordWorkload(orders: number): TraceRecord[] {
  const folder = mkdtempSync(join(tmpdir(), 'aura-record-'))
  try {
    const library = join(folder, 'record.so')
    const source = join(import.meta.dirname, 'record.c')
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl', '-lpthread'])
    const data = join(folder, 'data')
    mkdirSync(data)
    const trace = join(folder, 'trace')
    execFileSync(
      process.execPath,
      [join(import.meta.dirname, 'workload.ts'), data, String(orders)],
      {
        env: {
          ...process.env,
          LD_PRELOAD: library,
          AURA_RECORD_FOLDER: `${data}/`,
          AURA_RECORD_TRACE: trace,
        },
        stdio: 'inherit',
      },
    )
    return readTrace(readFileSync(trace))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Cuts the power at `cuts` moments of a trace and starts from what each left: the file has to be
 * sound, and every entry that was acknowledged before has to be in it (rule L1).
 */
export async function replayCuts(
  trace: readonly TraceRecord[],
  cuts: number,
  chance: () => number,
): Promise<PowerCutReport> {
  const moments = Array.from({ length: cuts }, () => Math.floor(chance() * trace.length)).sort(
    (a, b) => a - b,
  )
  const disk = createDisk()
  const lost: string[] = []
  const corrupt: string[] = []
  let acknowledged = 0
  let at = 0
  for (const moment of moments) {
    for (; at < moment; at += 1) disk.apply(trace[at]!)
    const promised = promises(disk.contentOf('acknowledged'))
    const found = await startFrom(disk.cutPower(chance))
    if (found.fault !== null) corrupt.push(`cut ${moment}: ${found.fault}`)
    for (const [origin, seq] of promised) {
      acknowledged += seq
      const held = found.frontier.get(origin) ?? 0
      if (held < seq)
        lost.push(`cut ${moment}: ${origin} had ${seq} acknowledged, ${held} are left`)
    }
  }
  return { cuts, acknowledged, lost, corrupt }
}

/** The highest number that was acknowledged, per origin. */
function promises(lines: Buffer): Map<string, number> {
  const promised = new Map<string, number>()
  for (const line of lines.toString('utf8').split('\n').slice(0, -1)) {
    const [origin = '', seq] = line.split(' ')
    promised.set(origin, Number(seq))
  }
  return promised
}

async function startFrom(files: ReadonlyMap<string, Buffer>) {
  const folder = mkdtempSync(join(tmpdir(), 'aura-cut-'))
  try {
    for (const [name, content] of files) writeFileSync(join(folder, name), content)
    const connection = await openConnection(join(folder, 'store.db'))
    try {
      const { fault } = await verifyFile(connection)
      const heads = connection.raw
        .prepare<[], { origin: string; seq: number }>(
          'SELECT origin, max(seq) AS seq FROM entries GROUP BY origin',
        )
        .all()
      return { fault, frontier: new Map(heads.map(({ origin, seq }) => [origin, seq])) }
    } finally {
      connection.close()
    }
  } catch (error) {
    return { fault: String(error), frontier: new Map<string, number>() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
