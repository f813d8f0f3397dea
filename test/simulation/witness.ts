import type { Commit, Store } from '../../db/sqlite/store.ts'
import type { OrderCommand, OrderCommandType, Stamped } from '../../domain/commands.ts'
import type { Entry } from '../../domain/log.ts'
import type { OrderView } from '../../domain/order-view.ts'
import type { Disk } from './disk.ts'
import type { Ledger } from './ledger.ts'
import { checkOrder } from './order-oracles.ts'
import { hold } from './violation.ts'

/**
 * Stands beside one disk and remembers what its device has announced as committed. Whatever was
 * announced has to be there after any crash, unchanged; and nothing closed may open again.
 */
export interface Witness {
  /** `byCommand`: it is a user's command, and not what peers sent. */
  readonly committed: (commit: Commit, byCommand: boolean) => void
  /** After a crash: compares the disk with what was announced, and learns what was not. */
  readonly compareWithDisk: () => void
  readonly holds: (origin: string, seq: number, hash: string) => boolean
  readonly heldSeq: (origin: string) => number
  readonly frontier: () => ReadonlyMap<string, readonly string[]>
  readonly hasCommand: (commandId: string) => boolean
  /** The disk is damaged: what its device shows and keeps from now on proves nothing. */
  readonly giveUp: () => void
  /** A user was told that this is done, and shown this order. */
  readonly answered: (tap: Stamped<OrderCommand>, order: OrderView) => void
}

interface DiskRow {
  readonly origin: string
  readonly seq: number
  readonly clock: number
  readonly command_id: string
  readonly hash: Uint8Array
}

/** Commands that are done where there is nothing left to do. */
const MAY_DO_NOTHING: ReadonlySet<OrderCommandType> = new Set([
  'sendToKitchen',
  'startPreparing',
  'markReady',
  'markLines',
  'bumpTicket',
  'recallTicket',
  'seeTickets',
  'rushTickets',
  'handTickets',
  'seeChanges',
  // What became of it is known already, from another device or from the terminal's answer before.
  'recordOutcome',
  'cancelPayment',
])

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('base64')

export function createWitness(disk: Disk, ledger: Ledger, name: string): Witness {
  const hashesByOrigin = new Map<string, string[]>()
  const commandIds = new Set<string>()
  const completed = new Set<string>()
  const cancelled = new Set<string>()
  const paidByOrder = new Map<string, ReadonlyMap<string, number>>()
  let highestClock = 0
  let isDamaged = false
  const select = disk.plain.raw.prepare<[], DiskRow>(
    'SELECT origin, seq, clock, command_id, hash FROM entries ORDER BY id',
  )

  const countCommands = disk.plain.raw
    .prepare<[string], number>(
      `SELECT count(DISTINCT command_id) FROM order_entries
       JOIN entries ON entries.id = entry_id WHERE order_id = ?`,
    )
    .pluck()

  function learn(origin: string, seq: number, clock: number, commandId: string, hash: string) {
    const hashes = hashesByOrigin.get(origin) ?? []
    hashesByOrigin.set(origin, hashes)
    hold('L2', seq === hashes.length + 1, () => {
      return `${name} holds ${origin}:${seq} after number ${hashes.length}`
    })
    hashes.push(hash)
    if (!isDamaged) ledger.found(origin, seq, hash)
    commandIds.add(commandId)
    highestClock = Math.max(highestClock, clock)
  }

  function committedEntry(entry: Entry, byCommand: boolean): void {
    if (byCommand && !isDamaged) {
      hold('T1', entry.clock > highestClock, () => {
        return `${name} stamped ${entry.seq} earlier than what it had seen`
      })
      hold('L5', !commandIds.has(entry.commandId), () => {
        return `${name} carried out the command ${entry.commandId} twice`
      })
    }
    learn(entry.origin, entry.seq, entry.clock, entry.commandId, hex(entry.hash))
  }

  function committedOrder(order: OrderView): void {
    checkOrder(order)
    hold('F2', order.status === 'completed' || !completed.has(order.id), () => {
      return `on ${name} the completed order ${order.id} is ${order.status} again`
    })
    const stays = order.status === 'cancelled' || order.status === 'completed'
    hold('F2', stays || !cancelled.has(order.id), () => {
      return `on ${name} the cancelled order ${order.id} is ${order.status} again`
    })
    if (order.status === 'completed') completed.add(order.id)
    if (order.status === 'cancelled') cancelled.add(order.id)
    // A manager's word gives way to the terminal's (rule M3).
    const taken = order.payments.filter((p) => p.settledBecause === null)
    const paid = new Map(taken.map((p) => [p.id, p.amountMinor + p.tipMinor]))
    for (const [id, minor] of paidByOrder.get(order.id) ?? []) {
      hold('F2', paid.get(id) === minor, () => `on ${name} the payment ${id} has been lost`)
    }
    paidByOrder.set(order.id, paid)
    ledger.numbered(order)
  }

  return {
    committed(commit, byCommand) {
      for (const entry of commit.entries) committedEntry(entry, byCommand)
      if (!isDamaged) for (const order of commit.orders) committedOrder(order)
    },
    compareWithDisk() {
      const heldBefore = new Map([...hashesByOrigin].map(([origin, list]) => [origin, list.length]))
      for (const row of select.all()) {
        const known = hashesByOrigin.get(row.origin)?.[row.seq - 1]
        if (known === undefined) {
          learn(row.origin, row.seq, row.clock, row.command_id, hex(row.hash))
        } else if (!isDamaged) {
          hold('L4', known === hex(row.hash), () => `${name} has another ${row.origin}:${row.seq}`)
          heldBefore.set(row.origin, (heldBefore.get(row.origin) ?? 0) - 1)
        }
      }
      if (isDamaged) return
      for (const [origin, missing] of heldBefore) {
        hold('L1', missing === 0, () => `${missing} entries of ${origin} are gone from ${name}`)
      }
    },
    holds: (origin, seq, hash) => hashesByOrigin.get(origin)?.[seq - 1] === hash,
    heldSeq: (origin) => hashesByOrigin.get(origin)?.length ?? 0,
    frontier: () => hashesByOrigin,
    hasCommand: (commandId) => commandIds.has(commandId),
    giveUp() {
      isDamaged = true
    },
    answered({ id, command }, order) {
      if (isDamaged) return
      const version = countCommands.get(order.id)
      hold('L1', version === order.version, () => {
        return `${name} showed order ${order.id} after ${order.version} commands, its disk has ${version}`
      })
      hold('L1', commandIds.has(id) || MAY_DO_NOTHING.has(command.type), () => {
        return `${name} said yes to ${command.type} ${id} and has nothing of it`
      })
    },
  }
}

/** What the store says to hold is what was announced: no more, and no less. */
export function checkFrontier(store: Store, witness: Witness, name: string): void {
  const frontier = store.frontier()
  for (const [origin, seq] of frontier) {
    hold('L2', seq === witness.heldSeq(origin), () => {
      return `${name} says to hold ${origin}:${seq} and has ${witness.heldSeq(origin)}`
    })
  }
  for (const origin of witness.frontier().keys()) {
    hold('L2', frontier.has(origin), () => `${name} does not know that it holds ${origin}`)
  }
}
