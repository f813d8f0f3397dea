import type { Connection } from '../../db/sqlite/connection.ts'
import { createHeldHashes } from '../../db/sqlite/held-hashes.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { createCentreClient, type CentreClient } from '../../sync/centre-client.ts'
import { createCentreFetch } from '../../sync/centre-credential.ts'
import { LOOK_UP_TIMEOUT_MS } from '../../sync/limits.ts'
import { openKeys } from '../data-folder.ts'
import type { PeerHeads } from '../terminal/control.ts'
import { compareHeads } from './compare-heads.ts'
import { compareWithCentre } from './compare-with-centre.ts'

export interface ComparedWithOthers {
  readonly faults: readonly string[]
  /** With whom, and how many logs. */
  readonly compared: readonly string[]
  /** With whom not, and why. */
  readonly not_compared: readonly string[]
}

/**
 * Compares a device's log with what the centre and the devices that it has heard hold of it. `peers`:
 * what the running device has been told; refused, in words, where none runs.
 */
export async function compareWithOthers(
  connection: Connection,
  dir: string,
  peers: readonly PeerHeads[] | null,
): Promise<ComparedWithOthers> {
  const held = createHeldHashes(connection)
  const faults: string[] = []
  const compared: string[] = []
  const notCompared: string[] = []
  const ask = askerOf(connection, dir)
  if (!ask.ok) notCompared.push(`the centre: ${ask.error}`)
  else {
    const told = await compareWithCentre(held, held.frontier, ask.value)
    if (!told.ok) notCompared.push(`the centre: ${told.error}`)
    else {
      compared.push(`the centre (${told.value.logs} logs)`)
      faults.push(...told.value.faults)
    }
  }
  if (peers === null) notCompared.push('other devices: this one is not running')
  else if (peers.length === 0) notCompared.push('other devices: none was heard since the start')
  for (const { name, heads } of peers ?? []) {
    const theirs = heads.map(({ origin, seq, hash }) => {
      return { origin, seq, hash: Buffer.from(hash, 'hex'), headSeq: seq }
    })
    const told = compareHeads(held, theirs, `the device ${name}`)
    compared.push(`the device ${name} (${told.logs} logs)`)
    faults.push(...told.faults)
  }
  return { faults, compared, not_compared: notCompared }
}

/** Calls as the device itself would. Refused, in words, where it cannot. */
function askerOf(connection: Connection, dir: string): Result<CentreClient['askHashes'], string> {
  const local = createLocalSettings(connection)
  const url = local.get('central_url')
  const deviceId = local.require('device_id')
  if (url === null) return refuse('this store has none')
  const keys = openKeys(dir, deviceId)
  if (!keys.ok) return keys
  const storeId = local.require('store_id')
  const nothing = () => undefined
  const { askHashes } = createCentreClient({
    url,
    token: local.require('upstream_token'),
    storeId,
    deviceId,
    timeoutMs: LOOK_UP_TIMEOUT_MS,
    signal: new AbortController().signal,
    fetch: createCentreFetch({
      ...{ url, storeId, keys: keys.value, fetch },
      credential: {
        read: () => local.get('central_credential'),
        write: (credential) => local.set('central_credential', credential),
      },
      monotonicNow: () => performance.now(),
      logger: { info: nothing, warn: nothing, error: nothing },
    }),
  })
  return ok(askHashes)
}
