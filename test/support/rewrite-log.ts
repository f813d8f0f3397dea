import { join } from 'node:path'
import { chainHash, CHAIN_START } from '../../db/chain.ts'
import { openConnection } from '../../db/sqlite/connection.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { createSigner } from '../../db/signing.ts'
import { splitSigned, withSignature } from '../../domain/signed-log.ts'
import { readKeyTexts } from '../../main/data-folder.ts'

/**
 * As whoever has a device's folder, and so its key: changes what its own log says, and computes every
 * hash, signature and table after it anew. Gives the number of the first entry that was changed.
 */
export async function rewriteOwnLog(
  dir: string,
  change: (body: string) => string,
): Promise<number | null> {
  const connection = await openConnection(join(dir, 'store.db'))
  const { raw } = connection
  const keys = readKeyTexts(dir)
  if (keys === null) throw new Error('the folder has no key')
  let stampMs = 0
  const signer = createSigner(keys.privateKey, () => (stampMs += 1_000))
  const origin = createLocalSettings(connection).require('origin')
  const select = 'SELECT * FROM entries WHERE origin = ? ORDER BY id'
  const update = raw.prepare('UPDATE entries SET body = ?, hash = ? WHERE id = ?')
  let hash: Uint8Array = CHAIN_START
  let first: number | null = null
  raw.transaction(() => {
    for (const row of raw.prepare<[string], LogRow>(select).all(origin)) {
      const content = { ...row, commandId: row.command_id }
      const split = splitSigned(row.body)
      const plain = change(split?.body ?? row.body)
      if (first === null && plain !== (split?.body ?? row.body)) first = row.seq
      if (first === null) {
        hash = row.hash
        continue
      }
      const signature =
        split &&
        signer.sign(origin, chainHash(hash, origin, row.seq, { ...content, body: plain }), 0)
      const body = signature === null ? plain : withSignature(plain, signature)
      hash = chainHash(hash, origin, row.seq, { ...content, body })
      update.run(body, hash, row.id)
    }
    rebuildProjections(connection)
  })()
  connection.close()
  return first
}

interface LogRow {
  readonly id: number
  readonly seq: number
  readonly clock: number
  readonly command_id: string
  readonly at: string
  readonly actor: string
  readonly body: string
  readonly hash: Uint8Array
}
