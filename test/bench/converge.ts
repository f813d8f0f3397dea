import { join } from 'node:path'
import {
  soldLine,
  soldOrder,
  type Contender,
  type Replica,
  type Rival,
  type SoldOrder,
} from './contender.ts'
import { ms, printRow, printTitle, ratio } from './figures.ts'
import { house } from './house.ts'

const PEERS = ['A', 'B', 'C', 'D', 'E']
const EDITS = 500
const ORDERS = 100
const ROUNDS = 3

/**
 * Five devices know the same orders, then each adds lines to them on its own, 500 commits; then each
 * takes over what it lacks from each other one, durably, until all hold everything. In one process
 * and without a network for everyone alike. The best of some rounds, taken in turns.
 */
export async function benchConverge(folder: string, rivals: readonly Rival[]): Promise<void> {
  const contenders: Contender[] = [house, ...rivals]
  const healed = contenders.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [n, contender] of contenders.entries()) {
      healed[n]?.push(await heal(contender, join(folder, `converge-${n}-${round}`)))
    }
  }
  printTitle(`${PEERS.length} devices, ${EDITS} edits each, healed`, 'in', 'of this house')
  const best = healed.map((samples) => Math.min(...samples))
  contenders.forEach(({ name }, n) => {
    printRow(name, ms(best[n] ?? 0), ratio((best[n] ?? 0) / (best[0] ?? 0)))
  })
}

async function heal(contender: Contender, prefix: string): Promise<number> {
  const replicas: Replica[] = []
  for (const peer of PEERS) replicas.push(await contender.open(`${prefix}-${peer}`, peer))
  const shared = await shareOrders(replicas)
  for (const [n, replica] of replicas.entries()) {
    for (let edit = 0; edit < EDITS; edit += 1) {
      await replica.addLine(shared[edit % ORDERS]?.id ?? '', soldLine(`${n}-${edit}`))
    }
  }
  const startMs = performance.now()
  await pullFromEachOther(replicas)
  const tookMs = performance.now() - startMs
  const expected = ORDERS * 4 + PEERS.length * EDITS
  for (const replica of replicas) {
    const lines = await replica.countLines()
    if (lines !== expected) {
      throw new Error(`${contender.name} has ${lines} of ${expected} lines after healing`)
    }
    await replica.close()
  }
  return tookMs
}

async function shareOrders(replicas: readonly Replica[]): Promise<SoldOrder[]> {
  const shared = Array.from({ length: ORDERS }, () => soldOrder())
  for (const order of shared) await replicas[0]?.ringUp(order)
  await pullFromEachOther(replicas)
  return shared
}

async function pullFromEachOther(replicas: readonly Replica[]): Promise<void> {
  for (const replica of replicas) {
    for (const other of replicas) if (other !== replica) await replica.pull(other)
  }
}
