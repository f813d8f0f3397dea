import type { Scene } from './lan-faults.ts'
import { PEER_PORT } from './lan-store.ts'
import {
  allAreAlone,
  allHoldTheSame,
  allSeeEachOther,
  expectEqual,
  pause,
  seeEachOther,
  sees,
  until,
} from './watch.ts'

const STAYS_APART_MS = 4_000

/** A switch that passes no multicast on, as many do: what mDNS found is known, what is new is not. */
export async function multicastBlocked({ lan, store, five, figures }: Scene): Promise<void> {
  const [d1, d2, d3] = five
  await until(() => allSeeEachOther(five))
  lan.multicast(false)

  lan.switchPower(false)
  figures.noticed(
    'no multicast, switch off: everyone is alone',
    await until(() => allAreAlone(five)),
  )
  await Promise.all([d1.sell(5), d2.sell(7)])
  lan.switchPower(true)
  figures.back('no multicast, switch on: a link stands', await until(() => seeEachOther(d1, d2)))
  figures.equal('no multicast, switch on: caught up', await until(() => allHoldTheSame(five)))

  await d2.restart()
  figures.back(
    'no multicast, started again: seen by its last known addresses',
    await until(() => allSeeEachOther(five)),
  )

  // Both have new addresses, so neither knows where the other is.
  lan.renumber(d2.name, '10.77.0.2', '10.77.0.22')
  lan.renumber(d3.name, '10.77.0.33', '10.77.0.34')
  await until(async () => !(await sees(d2, d3)))
  await d2.sell(9)
  figures.equal(
    'no multicast, two new addresses: all is everywhere',
    await until(() => allHoldTheSame(five)),
  )
  await pause(STAYS_APART_MS)
  const wasApart = !(await sees(d2, d3))
  await d2.restart('--connect', `10.77.0.34:${PEER_PORT}`)
  figures.back(
    `no multicast, address typed in (${wasApart ? 'apart until then' : 'told by the others before'}): seen`,
    await until(() => seeEachOther(d2, d3)),
  )

  const d6 = await store.join('d6', '10.77.0.6', { device: d1, at: `10.77.0.1:${PEER_PORT}` })
  figures.measured(
    'no multicast, joined by a typed-in address: sees its member',
    await until(() => seeEachOther(d1, d6)),
  )
  await until(() => allHoldTheSame([d1, d6]))
  await d6.sell(5)
  figures.equal(
    'no multicast, joined: all is everywhere',
    await until(() => allHoldTheSame([...five, d6])),
  )
  expectEqual([...five, d6])
  d6.verify()
  lan.multicast(true)
}
