import { readdirSync, readFileSync } from 'node:fs'

/** Processor time of other processes, from Linux's /proc: it says something on a busy machine too. */

const TICK_MS = 10

interface Times {
  readonly parent: number
  readonly ownMs: number
  /** Of children that have ended. */
  readonly endedMs: number
}

export const cpuOf = (pid: number): number => timesOf(pid)?.ownMs ?? 0

/** A server and the processes that it has started, also those that are gone. */
export function cpuOfServer(pid: number): number {
  const server = timesOf(pid)
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => timesOf(Number(name)) ?? [])
    .filter(({ parent }) => parent === pid)
  return (
    (server?.ownMs ?? 0) +
    (server?.endedMs ?? 0) +
    children.reduce((sum, { ownMs }) => sum + ownMs, 0)
  )
}

export const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024

function timesOf(pid: number): Times | null {
  try {
    // The name in brackets may hold anything; what follows it is numbers.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const [parent, user, system, endedUser, endedSystem] = [1, 11, 12, 13, 14].map((n) =>
      Number(fields[n]),
    )
    return {
      parent: parent ?? 0,
      ownMs: ((user ?? 0) + (system ?? 0)) * TICK_MS,
      endedMs: ((endedUser ?? 0) + (endedSystem ?? 0)) * TICK_MS,
    }
  } catch {
    return null
  }
}
