import { afterAll, beforeAll, expect, test } from 'vitest'
import { newBill, type Bill } from './day/bill.ts'
import { openCrew, type Crew } from './day/crew.ts'
import { countAndClose, openDrawer, type Drawer } from './day/drawer.ts'
import { openHouse, type House } from './day/house.ts'
import type { Day, Story } from './day/scene.ts'
import { DRIVER_IS_BACK, NINA_AT_NOON, SAM_AT_NOON } from './day/stories.ts'
import { clock, MARIA, NINA, openTill, SAM, signIn, type Till } from './day/till.ts'
import { eachOneOff, expectedIn, expectZ, readZ, sumsOf } from './day/z-report.ts'

let house: House
let till1: Till
let till2: Till
let crew: Crew
const bills = new Map<number, Bill>()
const drawers: Drawer[] = []

beforeAll(async () => {
  house = await openHouse()
  const { browser } = house
  ;[till1, till2, crew] = await Promise.all([
    openTill(browser, 'Till 1', house.till1),
    openTill(browser, 'Till 2', house.till2),
    openCrew(browser, house.kitchenApi),
  ])
})
afterAll(() => house?.close())

async function walk(till: Till, stories: readonly Story[]): Promise<void> {
  const day: Day = { bills, crew }
  for (const { order, what, steps } of stories) {
    const bill = bills.get(order) ?? newBill(order)
    bills.set(order, bill)
    try {
      for (const step of steps) await step({ till, bill, day })
    } catch (fault) {
      throw new Error(`order ${order} (${what}), at ${till.name}: ${String(fault)}`, {
        cause: fault,
      })
    }
  }
}

test('[A7] [D1] morning: two people clock in, and each counts the float into a drawer', async () => {
  const begin = async (till: Till, person: typeof SAM, float: number): Promise<void> => {
    await clock(till, person, 'in')
    await signIn(till, person)
    drawers.push(await openDrawer(till, float))
  }
  await Promise.all([begin(till1, SAM, 15_000), begin(till2, NINA, 10_000)])
  expect(drawers).toHaveLength(2)
})

test('[Q1] noon: two tills, a kitchen, and every way to order and to pay', async () => {
  await Promise.all([walk(till1, SAM_AT_NOON), walk(till2, NINA_AT_NOON)])
  await crew.done()
  await walk(till2, DRIVER_IS_BACK)
})

test('[D3] night: the drawers are counted blind, and the Z report is the sum of all pads', async () => {
  const payments = [...bills.values()].flatMap((bill) => bill.payments)
  const wrong = new Map([['Till 2', -25]])
  await Promise.all(
    [till1, till2].map(async (till) => {
      const drawer = drawers.find((one) => one.till === till.name)!
      const counted = expectedIn(drawers, till.name, payments) + (wrong.get(till.name) ?? 0)
      await countAndClose(till, drawer, counted)
      await signIn(till, MARIA)
    }),
  )
  const sums = sumsOf([...bills.values()], drawers)
  for (const till of [till1, till2]) {
    const shown = await readZ(till)
    expectZ(shown, sums)
    // One cent, or one order, more or less in any of the sums would be seen.
    for (const wrong of eachOneOff(sums)) expect(() => expectZ(shown, wrong)).toThrow()
  }
})

test('[F3] [L3] in the end all devices hold the same day, and their files are sound', async () => {
  expect(new Set(await house.onEach('digest')).size).toBe(1)
  for (const report of await house.onEach('verify')) expect(report).toMatch(/^All is well/)
})
