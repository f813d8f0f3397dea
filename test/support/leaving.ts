import type { Store } from '../../db/sqlite/store.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { LogPart } from '../../domain/log.ts'
import { readWanted } from '../../sync/read-wanted.ts'
import type { TestDevice } from './devices.ts'
import { line, newOrder } from './orders.ts'

type Rule = Parameters<Store['letGo']>[0]

/** Later than every clock of a test. */
const LATER = Number.MAX_SAFE_INTEGER - 2 ** 44

export const NOW: Rule = {
  before: LATER,
  endedBefore: LATER,
  maxOrders: 100,
  isSafe: () => true,
  mayBeUpstream: () => true,
}

/** Lets go of all that may, unless a rule says otherwise; the orders that were closed here. */
export const letGo = (device: TestDevice, rule: Partial<Rule> = {}): readonly string[] =>
  device.store.letGo({ ...NOW, ...rule }, null).orderIds

export function run(device: TestDevice, ...commands: Parameters<TestDevice['run']>[0][]): void {
  for (const command of commands) {
    const result = device.run(command)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
  }
}

export const openOrder = (device: TestDevice, orderId: string): void =>
  run(device, { ...newOrder([line('burger'), line('salad')]), orderId } as Parameters<
    TestDevice['run']
  >[0])

export const closeOrder = (device: TestDevice, orderId: string): void =>
  run(device, { type: 'cancelOrder', orderId, reason: 'gone' })

export function serveOrder(device: TestDevice, orderId: string): void {
  openOrder(device, orderId)
  closeOrder(device, orderId)
}

/** Everything that one holds beyond the other's frontier, as a session would send it. */
export function lackedBy(to: Store, from: Store): LogPart[] {
  const wanted = [...from.frontier()]
    .map(([origin, toSeq]) => {
      return { origin, fromSeq: (to.frontier().get(origin) ?? 0) + 1, toSeq }
    })
    .filter(({ fromSeq, toSeq }) => fromSeq <= toSeq)
  return readWanted(from, wanted, { maxEntries: 500, maxBytes: 1_000_000 })
}

/** What a session does between two devices, in one direction. */
export function give(from: TestDevice, to: TestDevice) {
  to.store.noteLeft(from.store.leftFor(to.store.frontier(), 1_000))
  return to.store.ingest(lackedBy(to.store, from.store))
}

export function meet(a: TestDevice, b: TestDevice): void {
  give(a, b)
  give(b, a)
}

export const runsOf = (device: TestDevice): [origin: string, fromSeq: number, toSeq: number][] =>
  device.connection.raw
    .prepare<[], { origin: string; from_seq: number; to_seq: number }>(
      'SELECT * FROM runs ORDER BY origin, to_seq',
    )
    .all()
    .map((row) => [row.origin, row.from_seq, row.to_seq])

/** The first fault of a device's file; null where it has none. */
export const faultOf = async (device: TestDevice): Promise<string | null> =>
  (await verifyFile(device.connection)).fault
