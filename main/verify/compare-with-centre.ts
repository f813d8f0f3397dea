import type { Frontier } from '../../domain/log.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { CentreClient } from '../../sync/centre-client.ts'
import {
  compareHeads,
  differenceIn,
  differs,
  type Comparison,
  type OwnHashes,
} from './compare-heads.ts'

const WHO = 'the centre'

/** Asks the centre what it holds of the same logs. Refused, in words, where it does not say. */
export async function compareWithCentre(
  ours: OwnHashes,
  frontier: Frontier,
  ask: CentreClient['askHashes'],
): Promise<Result<Comparison, string>> {
  const held = await ask(frontier)
  if (!held.ok) return refuse(held.error.message)
  const compared = compareHeads(ours, held.value, WHO)
  const first = compared.differing[0]
  if (first === undefined) return ok(compared)
  const seq = await firstDifferent(ours, ask, first.origin, first.seq)
  const faults = compared.faults.with(0, differenceIn(first.origin, seq, WHO))
  return ok({ ...compared, faults })
}

/** Halves what is left each time: `high` differs, and everything after the first one does. */
async function firstDifferent(
  ours: OwnHashes,
  ask: CentreClient['askHashes'],
  origin: string,
  differing: number,
): Promise<number> {
  let low = 1
  let high = differing
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const held = await ask(new Map([[origin, middle]]))
    const at = held.ok ? held.value[0] : undefined
    if (at?.seq !== middle) break
    if (differs(ours, origin, middle, at.hash)) high = middle
    else low = middle + 1
  }
  return high
}
