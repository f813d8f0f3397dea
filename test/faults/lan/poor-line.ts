import { join } from 'node:path'
import type { Scene } from './lan-faults.ts'
import { PEER_PORT, startLanStore } from './lan-store.ts'
import { startHelper } from './helper.ts'
import type { LineReport, LineState } from './poor-line-proxy.ts'
import { allHoldTheSame, expectEqual, pause, seeEachOther, sees, until } from './watch.ts'

const PROXY = 'p1'
const PROXY_AT = '10.77.0.90'
const WATCHED_MS = 8_000
const POOR = { delayMs: 200, jitterMs: 100, lossPercent: 2, isStalled: false, cuts: [] }
/** Bytes after which the line is cut: in a handshake, in a hello, in the middle of long frames. */
const CUTS = [700, 3_000, 6_000, 10_000, 15_000]

/** Two tills that reach each other by a slow line alone: delay and loss, a stall, cuts. */
export async function poorLine({ lan, figures }: Scene): Promise<void> {
  const store = await startLanStore(lan, 'f', ['10.77.0.111', '10.77.0.112'])
  const [f1, f2] = store.devices
  if (!f1 || !f2) throw new Error('the store has two devices')
  lan.addHost(PROXY, PROXY_AT)
  const target = ['10.77.0.111', PEER_PORT]
  const proxy = startHelper(
    lan,
    PROXY,
    join(import.meta.dirname, 'poor-line-proxy.ts'),
    PEER_PORT,
    ...target,
  )
  const set = (change: Partial<LineState>): Promise<LineReport> =>
    proxy.ask({ ...POOR, ...change } satisfies LineState)
  try {
    await set({})
    lan.lose(f1.name, f2.name, true)
    lan.lose(f2.name, f1.name, true)
    await until(async () => !(await sees(f1, f2)))
    await f2.restart('--connect', `${PROXY_AT}:${PEER_PORT}`)
    const what = `line of ${POOR.delayMs}-${POOR.delayMs + POOR.jitterMs} ms each way`
    figures.measured(`${what}: seen`, await until(() => seeEachOther(f1, f2)))

    await until(() => allHoldTheSame([f1, f2]))
    await Promise.all([f1.sell(60), f2.sell(67)])
    figures.equal(`${what}: all on both`, await until(() => allHoldTheSame([f1, f2])))
    const endMs = performance.now() + WATCHED_MS
    while (performance.now() < endMs) {
      if (!(await seeEachOther(f1, f2))) throw new Error('a line that is only slow counts as lost')
      await pause(100)
    }
    figures.said(`${what}, ${POOR.lossPercent} % lost: the link stands for ${WATCHED_MS} ms`)

    await set({ isStalled: true })
    const [first, second] = await Promise.all([
      until(async () => !(await sees(f1, f2))),
      until(async () => !(await sees(f2, f1))),
    ])
    figures.noticed('line stalled: noticed on both sides', Math.max(first, second))
    await Promise.all([f1.sell(200), f2.sell(207)])
    await set({ cuts: CUTS })
    figures.measured(`line cut ${CUTS.length} times in mid-frame: all on both`, await untilSame())
    const { cutsMade } = await set({})
    if (cutsMade !== CUTS.length) throw new Error(`the line was cut ${cutsMade} times`)
    expectEqual([f1, f2])
    for (const device of [f1, f2]) device.verify()
  } finally {
    await proxy.stop()
    await store.close()
    for (const name of ['f1', 'f2', PROXY]) lan.removeHost(name)
  }

  /** Both unseen each other hold the same only by accident: they have to be linked as well. */
  async function untilSame(): Promise<number> {
    return until(async () => (await seeEachOther(f1!, f2!)) && (await allHoldTheSame([f1!, f2!])))
  }
}
