import { writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { openTestDevice, type TestDevice } from '../support/devices.ts'
import { closeOrder, faultOf, letGo, meet, openOrder, serveOrder } from '../support/leaving.ts'
import { createVirtualNetwork } from '../support/session-network.ts'

/** Where branches of one origin (rule L2) meet what has left a device (rule L7). */

async function open(name: string, file?: string): Promise<TestDevice> {
  const device = await openTestDevice(name, file === undefined ? {} : { file })
  onTestFinished(device.close)
  return device
}

/** A device with the same disk, and so the same origin. */
async function copyOf(device: TestDevice, name: string): Promise<TestDevice> {
  const image = device.connection.raw.serialize()
  const copy = await openTestDevice(name)
  copy.close()
  writeFileSync(copy.file, image)
  return open(name, copy.file)
}

function networkOf(...devices: TestDevice[]) {
  const network = createVirtualNetwork()
  for (const device of devices) network.add(device.name, device.store)
  return network
}

async function expectAll(devices: readonly TestDevice[], orderIds: readonly string[]) {
  for (const device of devices) {
    const missing = orderIds.filter((orderId) => device.store.order(orderId) === null)
    expect(missing, `on ${device.name}`).toEqual([])
    expect(await faultOf(device)).toBe(null)
  }
}

test('[L6] [L7] a branch under the numbers of a run reaches who has let go, by way of a bystander', async () => {
  const original = await open('A')
  const [letting, between] = [await open('B'), await open('C')]
  openOrder(original, 'kept')
  meet(original, between)
  const copy = await copyOf(original, 'D')
  for (let n = 0; n < 3; n += 1) serveOrder(original, `old-${n}`)
  meet(original, letting)
  expect(letGo(letting)).toHaveLength(3)
  openOrder(copy, 'copy-1')
  meet(copy, between)
  const network = networkOf(letting, between, copy)
  network.link('B', 'C')
  network.run(2_000)
  expect(letting.store.health().quarantined).toBe(1)
  expect(letting.store.asideTips()).toEqual(between.store.asideTips())
  network.link('B', 'D')
  network.run(2_000)
  await expectAll([letting, between, copy], ['kept', 'copy-1'])
  expect(network.closes).toEqual([])
})

test('[L6] [L7] a branch that parted before a run, and is older than its end, is not lost below it', async () => {
  const original = await open('A')
  const [letting, between] = [await open('B'), await open('C')]
  openOrder(original, 'kept')
  const copy = await copyOf(original, 'D')
  openOrder(copy, 'copy-1')
  meet(copy, between)
  openOrder(original, 'stays')
  serveOrder(original, 'old')
  openOrder(original, 'next')
  meet(original, letting)
  expect(letGo(letting)).toEqual(['old'])
  const network = networkOf(letting, between, copy)
  network.link('B', 'C')
  network.run(2_000)
  expect(between.store.frontier()).toEqual(letting.store.frontier())
  expect(between.store.health().quarantined).toBe(2)
  expect(letting.store.health().quarantined).toBe(1)
  network.link('B', 'D')
  network.run(3_000)
  await expectAll([letting, between, copy], ['kept', 'copy-1', 'stays', 'next'])
  expect(network.closes).toEqual([])
})

test('[L6] [L7] branches that parted inside a run do not end the session, and who wrote them goes on', async () => {
  const original = await open('A')
  const [letting, between, whole] = [await open('B'), await open('C'), await open('Z')]
  openOrder(original, 'kept')
  openOrder(original, 'old')
  meet(original, between)
  const copy = await copyOf(original, 'D')
  closeOrder(copy, 'old')
  closeOrder(original, 'old')
  openOrder(original, 'next')
  meet(original, letting)
  meet(original, whole)
  expect(letGo(letting)).toEqual(['old'])
  openOrder(copy, 'copy-1')
  meet(copy, between)
  const network = networkOf(letting, between, copy, whole)
  network.link('B', 'C')
  network.run(2_000)
  expect(network.closes).toEqual([])
  expect(letting.store.health().quarantined).toBe(3)
  expect(between.store.health().quarantined).toBe(1)
  network.link('B', 'D')
  network.run(3_000)
  expect(copy.store.ownOrigin()).not.toBe('origin-A')
  await expectAll([letting, between, copy], ['kept', 'next', 'copy-1'])
  openOrder(copy, 'later')
  network.cut('B', 'C')
  for (const name of ['B', 'D', 'Z']) network.link('C', name)
  network.run(3_000)
  await expectAll([letting, between, copy, whole], ['kept', 'next', 'copy-1', 'later'])
  expect(network.closes).toEqual([])
})
