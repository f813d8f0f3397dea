import type { Ledger } from './ledger.ts'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { checkRebuild, inspect } from './inspect.ts'
import { membersOf, ownOriginsOf } from './members.ts'
import type { RunLog } from './run-log.ts'
import type { Device } from './device.ts'
import { hold } from './violation.ts'
import { checkFrontier } from './witness.ts'
import type { World } from './world.ts'

/** What has to be true when everything works again. */

const firstOf = <T>(list: readonly T[]): T => list[0] as T

/**
 * All members hold the same entries of every origin that has no fork; and of one that has, what was
 * acknowledged is everywhere, be it written again, if there is a device left to do so (rule L6).
 */
export function holdTheSame(world: World, ledger: Ledger): boolean {
  const forked = ledger.forked()
  const members = membersOf(world)
  const { witness } = firstOf(members)
  const origins = new Set(members.flatMap((device) => [...device.witness.frontier().keys()]))
  const equal = [...origins].every(
    (origin) =>
      forked.has(origin) ||
      members.every((each) => each.witness.heldSeq(origin) === witness.heldSeq(origin)),
  )
  return (
    equal && isWrittenAgain(members, ledger) && members.every((d) => reportsItsForks(members, d))
  )
}

/** And of an origin with two branches, of which numbers say little, the same tables. */
export function isConverged(world: World, ledger: Ledger): boolean {
  if (!holdTheSame(world, ledger)) return false
  const members = membersOf(world)
  const isForked = ledger.forked().size > 0
  return !isForked || !mayBeEqual(members, ledger) || digestsOf(members).size === 1
}

/** A branch that nobody is left to write again stays aside, and the tables differ by it. */
function mayBeEqual(members: readonly Device[], ledger: Ledger): boolean {
  const canWrite = new Set(members.flatMap(ownOriginsOf))
  return [...ledger.forked()].every((origin) => canWrite.has(origin))
}

const digestsOf = (members: readonly Device[]): Set<string> =>
  new Set(members.map(({ disk }) => digestOf(disk.plain)))

function isWrittenAgain(members: readonly Device[], ledger: Ledger): boolean {
  const forked = ledger.forked()
  if (forked.size === 0) return true
  const canWrite = new Set(members.flatMap(ownOriginsOf))
  return ledger
    .owedTo(members)
    .filter(({ origin }) => forked.has(origin) && canWrite.has(origin))
    .every(({ commandId }) => members.every((each) => each.witness.hasCommand(commandId)))
}

/** Rule L2: a fork that a device could see is shown by it. */
function reportsItsForks(members: readonly Device[], device: Device): boolean {
  if ((device.process?.store.health().quarantined ?? 0) > 0) return true
  return members.every(
    (other) =>
      other.identity.deviceId === device.identity.deviceId ||
      [...device.witness.frontier()].every(([origin, hashes]) => {
        const theirs = other.witness.frontier().get(origin) ?? []
        return hashes.every((hash, index) => (theirs[index] ?? hash) === hash)
      }),
  )
}

/** After healing: what was acknowledged is everywhere, and all tables are the same. */
export function checkHealed(world: World, ledger: Ledger): void {
  const forked = ledger.forked()
  const members = membersOf(world)
  const canWrite = new Set(members.flatMap(ownOriginsOf))
  for (const { origin, seq, hash, commandId } of ledger.owedTo(members)) {
    if (forked.has(origin) && !canWrite.has(origin)) continue
    for (const { place, witness } of members) {
      // Where an origin has two branches, what they do not share was written again (rule L6).
      const holds = witness.holds(origin, seq, hash)
      hold('L1', holds || (forked.has(origin) && witness.hasCommand(commandId)), () => {
        return `${origin}:${seq} was acknowledged, and ${place} does not have it`
      })
    }
  }
  const digests = members.map((device) => tablesOf(device))
  if (!mayBeEqual(members, ledger)) return
  hold('F1', new Set(digests).size === 1, () => `the digests differ: ${digests.join(' ')}`)
}

/** At the very end also what equal tables do not show, on each device. */
export function checkEnd(world: World, ledger: Ledger, log: RunLog): void {
  checkHealed(world, ledger)
  const members = membersOf(world)
  for (const device of members) if (device.process) inspect(device, device.process.store)
  checkRebuild(firstOf(members))
  countOrders(firstOf(members), log)
  if (ledger.forked().size > 0) log.count('runs with a fork')
}

function tablesOf({ process, witness, place, disk }: Device): string {
  hold('P3', process !== null, () => `${place} does not run`)
  witness.compareWithDisk()
  if (process !== null) checkFrontier(process.store, witness, place)
  return digestOf(disk.plain)
}

/** What the restaurant came to, so that a test can see that it worked. */
function countOrders({ disk }: Device, log: RunLog): void {
  const { raw } = disk.plain
  const count = (what: string, query: string): void => {
    const times = raw.prepare<[], number>(query).pluck().get() ?? 0
    for (let time = 0; time < times; time += 1) log.count(what)
  }
  const orders = 'SELECT count(*) FROM orders WHERE'
  count('orders completed', `${orders} status = 'completed'`)
  count('orders cancelled', `${orders} status = 'cancelled'`)
  count('orders overpaid', `${orders} due_minor < 0`)
  count('payments', 'SELECT count(*) FROM order_payments')
  count('card payments', `SELECT count(*) FROM order_payments WHERE transaction_id IS NOT NULL`)
  count('open card intents', `SELECT count(*) FROM order_payment_intents WHERE state != 'done'`)
  count('refunds', 'SELECT count(*) FROM order_payments WHERE refunded_minor > 0')
  count(
    'ticket lines fired twice',
    `SELECT count(*) FROM (
       SELECT 1 FROM order_events AS e, json_each(e.payload, '$.lines') AS line
       WHERE e.type = 'order.fired'
       GROUP BY json_extract(line.value, '$.lineId') HAVING count(*) > 1)`,
  )
}
