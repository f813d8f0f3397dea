import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PairingCode } from '../../protocol/pairing.ts'
import type { Processes, RunningProcess } from '../support/processes.ts'

/** Tills of one store, as processes, each with a way to the centre. */
export interface Till {
  readonly dir: string
  readonly running: RunningProcess
  readonly token: string
}

const DRAIN_TIMEOUT_MS = 300_000
const COMMAND_TIMEOUT_MS = 300_000

export async function aura(processes: Processes, ...args: string[]): Promise<string> {
  const done = await processes.run(args, { timeoutMs: COMMAND_TIMEOUT_MS })
  if (done.status !== 0) throw new Error(`aura ${args.join(' ')}: ${done.stderr}`)
  return done.stdout.trim()
}

export async function startTills(
  processes: Processes,
  count: number,
  centralUrl: string,
): Promise<Till[]> {
  const root = await processes.folder('soak')
  const tills: Till[] = []
  for (let n = 0; n < count; n += 1) {
    const dir = join(root, `till-${n}`)
    const [founder] = tills
    if (founder === undefined) {
      await aura(
        processes,
        'store',
        'create',
        '--data',
        dir,
        '--name',
        'Soak',
        '--demo',
        '--device',
        'Till 1',
      )
    } else {
      const shown = JSON.parse(
        await aura(processes, 'pair', '--data', founder.dir, '--show'),
      ) as PairingCode
      const joining = ['--join', shown.peer, '--code', shown.code, '--name', `Till ${n + 1}`]
      await aura(processes, 'pair', '--data', dir, ...joining)
    }
    const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
    const running = await processes.start([
      ...['terminal', '--data', dir, ...places, '--central', centralUrl],
    ])
    const token = await aura(
      processes,
      'token',
      '--data',
      dir,
      '--role',
      'manager',
      '--label',
      'soak',
    )
    tills.push({ dir, running, token })
  }
  return tills
}

/** Until nobody has anything that the centre lacks, and all hold the same. */
export async function drained(processes: Processes, tills: readonly Till[]): Promise<void> {
  const endMs = performance.now() + DRAIN_TIMEOUT_MS
  for (;;) {
    const frontiers = await Promise.all(
      tills.map(async ({ dir }) => {
        const status = JSON.parse(await aura(processes, 'status', '--data', dir)) as {
          frontier: Record<string, number>
          upstream: { backlog: number | null }
        }
        return {
          backlog: status.upstream.backlog,
          frontier: JSON.stringify(sorted(status.frontier)),
        }
      }),
    )
    const isEqual = new Set(frontiers.map(({ frontier }) => frontier)).size === 1
    if (isEqual && frontiers.every(({ backlog }) => backlog === 0)) return
    if (performance.now() > endMs) throw new Error(`not drained: ${JSON.stringify(frontiers)}`)
    await sleep(500)
  }
}

function sorted(frontier: Record<string, number>): [string, number][] {
  return Object.entries(frontier).toSorted(([a], [b]) => (a < b ? -1 : 1))
}
