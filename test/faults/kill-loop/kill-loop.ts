import { createProcesses } from '../../support/processes.ts'
import { makeBigStore } from '../../support/big-store.ts'

export interface KillReport {
  readonly rounds: number
  /** Orders that were answered with 201, over all rounds. */
  readonly acknowledged: number
  readonly lost: number
  /** From the start of the process to its ready line. */
  readonly readyMs: readonly number[]
}

export interface KillOptions {
  readonly rounds: number
  /** Closed orders in the file from the start. */
  readonly stored: number
  readonly chance: () => number
}

const MAX_SELLING_MS = 400
const TOGETHER = 4

/** Sells, ends the process with SIGKILL at any moment, starts it again and looks for every order. */
export async function killLoop({ rounds, stored, chance }: KillOptions): Promise<KillReport> {
  const processes = createProcesses()
  try {
    const dir = await processes.folder('kill')
    await makeBigStore(dir, stored, 20)
    const minted = await processes.run([
      'token',
      '--data',
      dir,
      '--role',
      'manager',
      '--label',
      'x',
    ])
    const headers = {
      authorization: `Bearer ${minted.stdout.trim()}`,
      'content-type': 'application/json',
    }
    const acknowledged: string[] = []
    const readyMs: number[] = []
    let lost = 0
    let unchecked = 0
    for (let round = 0; round <= rounds; round += 1) {
      const startedMs = performance.now()
      const till = await processes.start([
        'terminal',
        '--data',
        dir,
        '--api',
        '127.0.0.1:0',
        '--peer',
        '127.0.0.1:0',
        '--no-discovery',
      ])
      readyMs.push(performance.now() - startedMs)
      const orders = `${String(till.ready['api'])}/api/v1/orders`
      const recent = acknowledged.slice(unchecked)
      for (const id of recent) lost += (await fetch(`${orders}/${id}`, { headers })).ok ? 0 : 1
      unchecked = acknowledged.length
      const killed = new Promise((resolve) => setTimeout(resolve, chance() * MAX_SELLING_MS)).then(
        () => till.kill(round === rounds ? 'SIGTERM' : 'SIGKILL'),
      )
      await Promise.all(
        Array.from({ length: TOGETHER }, () => sellUntilGone(orders, headers, acknowledged)),
      )
      await killed
    }
    const verified = await processes.run(['verify', '--data', dir], { timeoutMs: 600_000 })
    if (verified.status !== 0) throw new Error(verified.stderr)
    return { rounds, acknowledged: acknowledged.length, lost, readyMs }
  } finally {
    await processes.close()
  }
}

async function sellUntilGone(
  orders: string,
  headers: Record<string, string>,
  acknowledged: string[],
): Promise<void> {
  const body = JSON.stringify({
    order_type: 'takeout',
    items: [{ menu_item_id: 'burger-classic', quantity: 1 }],
  })
  for (;;) {
    try {
      const answer = await fetch(orders, { method: 'POST', headers, body })
      if (answer.status !== 201) throw new Error(`answered ${answer.status}`)
      const { id } = (await answer.json()) as { id: string }
      acknowledged.push(id)
    } catch {
      // The till is gone in the middle of a sale: what was not answered was not promised.
      return
    }
  }
}
