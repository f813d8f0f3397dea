import { join } from 'node:path'
import type { DoubleReport } from './double.ts'
import type { Scene } from './lan-faults.ts'
import { PEER_PORT } from './lan-store.ts'
import { startHelper } from './helper.ts'
import { allHoldTheSame, allSeeEachOther, expectEqual, pause, sees, until } from './watch.ts'

const DOUBLE = 'x1'
const ADDRESS = '10.77.0.2'
const STAYS_MS = 6_000
const ANNOUNCED_EVERY_MS = 300

/**
 * Somebody's machine has the address of a till, and listens on its port with a key of its own. It is
 * called in the till's place and told nothing; the others go on, and so does the till afterwards.
 */
export async function duplicateAddress({ lan, five, figures }: Scene): Promise<void> {
  const [d1, d2, d3, d4, d5] = five
  const others = [d1, d3, d4, d5]
  await until(() => allSeeEachOther(five))

  lan.addHost(DOUBLE, ADDRESS)
  const double = startHelper(lan, DOUBLE, join(import.meta.dirname, 'double.ts'), PEER_PORT)
  try {
    await until(async () => {
      lan.announce(DOUBLE)
      return !(await sees(d1, d2))
    })
    await Promise.all([d1.sell(15), d2.sell(17), d4.sell(19)])
    const endMs = performance.now() + STAYS_MS
    while (performance.now() < endMs) {
      lan.announce(DOUBLE)
      await pause(ANNOUNCED_EVERY_MS)
    }
    figures.equal(
      'double address: the others hold the same',
      await until(() => allHoldTheSame(others)),
    )
    const { calls, bytes } = await double.ask<DoubleReport>({})
    if (calls === 0) throw new Error('nobody called the double, so nothing was shown')
    if (bytes > 0) throw new Error(`the double was told ${bytes} bytes`)
    figures.said(`double address: called ${calls} times by members, told 0 bytes`)
  } finally {
    await double.stop()
    lan.removeHost(DOUBLE)
  }
  figures.measured('double gone: all see each other', await until(() => allSeeEachOther(five)))
  figures.equal('double gone: caught up', await until(() => allHoldTheSame(five)))
  expectEqual(five)
}
