import type { Scene } from './lan-faults.ts'
import {
  allAreAlone,
  allHoldTheSame,
  allSeeEachOther,
  expectEqual,
  sees,
  anySees,
  seeEachOther,
  until,
} from './watch.ts'

/** Partition, cable, switch, a new address, a process that dies. */
export async function cablesAndSwitches(
  { lan, five, figures }: Scene,
  orders: number,
): Promise<void> {
  const [d1, d2, d3, d4, d5] = five

  lan.partition([d4.name, d5.name])
  figures.noticed('partition: noticed', await until(async () => !(await sees(d1, d4))))
  // Not the same number, or both sides would hold as many without having met.
  await Promise.all([d1.sell(orders), d4.sell(orders + 7)])
  lan.partition([])
  const [linkMs, equalMs] = await Promise.all([
    until(() => anySees([d1, d2, d3], [d4, d5])),
    until(() => allHoldTheSame(five)),
  ])
  figures.back('partition healed: a link across stands', linkMs)
  figures.equal(`partition healed: ${orders} orders of each side are everywhere`, equalMs)
  await until(() => allSeeEachOther(five))
  expectEqual(five)

  lan.cable(d2.name, false)
  figures.noticed('cable out: noticed', await until(async () => !(await sees(d1, d2))))
  await Promise.all([d1.sell(20), d2.sell(27)])
  lan.cable(d2.name, true)
  figures.back('cable in: seen again', await until(() => seeEachOther(d1, d2)))
  figures.equal('cable in: caught up', await until(() => allHoldTheSame(five)))

  lan.switchPower(false)
  figures.noticed('switch off: everyone is alone', await until(() => allAreAlone(five)))
  for (const [index, device] of five.entries()) await device.sell(5 + index)
  lan.switchPower(true)
  figures.back('switch on: a link stands', await until(() => seeEachOther(d1, d2)))
  figures.equal('switch on: caught up', await until(() => allHoldTheSame(five)))

  lan.renumber(d3.name, '10.77.0.3', '10.77.0.33')
  await d3.sell(5)
  figures.equal('new address: caught up', await until(() => allHoldTheSame(five)))
  figures.measured('new address: all see each other', await until(() => allSeeEachOther(five)))

  await d5.restart()
  figures.back('killed and started again: seen', await until(() => allSeeEachOther(five)))
  expectEqual(five)
}
