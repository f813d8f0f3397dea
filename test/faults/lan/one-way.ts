import type { Scene } from './lan-faults.ts'
import {
  allHoldTheSame,
  allSeeEachOther,
  expectEqual,
  pause,
  seeEachOther,
  sees,
  until,
} from './watch.ts'

const STAYS_APART_MS = 4_000

/** A hears B, B does not hear A: both have to notice, and what A sells reaches B by the others. */
export async function oneWayLoss({ lan, five, figures }: Scene): Promise<void> {
  const [d1, d2] = five
  await until(() => allSeeEachOther(five))

  lan.lose(d1.name, d2.name, true)
  const [deafMs, heardMs] = await Promise.all([
    until(async () => !(await sees(d2, d1))),
    until(async () => !(await sees(d1, d2))),
  ])
  figures.noticed('one-way loss: noticed by the one that hears nothing', deafMs)
  figures.noticed('one-way loss: noticed by the one that hears', heardMs)
  await Promise.all([d1.sell(20), d2.sell(27)])
  figures.equal(
    'one-way loss: all is everywhere by the others',
    await until(() => allHoldTheSame(five)),
  )
  await pause(STAYS_APART_MS)
  if (await sees(d1, d2)) throw new Error('a link of which one way is lost counts as one')
  expectEqual(five)

  lan.lose(d1.name, d2.name, false)
  figures.back('one-way loss healed: they see each other', await until(() => seeEachOther(d1, d2)))
  await until(() => allHoldTheSame(five))
}
