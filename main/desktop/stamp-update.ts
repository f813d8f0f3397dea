import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse, stringify } from 'yaml'
import { PEER_PROTOCOLS } from '../../protocol/peer.ts'

/**
 * Adds to an update's metadata what electron-builder does not know: which peer protocols the version
 * speaks, and to how many of a hundred tills it goes at first.
 *
 *     node main/desktop/stamp-update.ts --staging 10 dist/installers/latest.yml
 */
export function stampUpdate(metadata: string, stagingPercentage: number): string {
  const parsed = parse(metadata) as Record<string, unknown>
  return stringify({ ...parsed, stagingPercentage, peerProtocols: PEER_PROTOCOLS })
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { staging: { type: 'string' } },
    allowPositionals: true,
  })
  const staging = Number(values.staging ?? '100')
  if (!Number.isInteger(staging) || staging < 0 || staging > 100 || positionals.length === 0) {
    process.stderr.write('stamp-update.ts --staging 0…100 latest.yml …\n')
    process.exit(2)
  }
  for (const file of positionals)
    writeFileSync(file, stampUpdate(readFileSync(file, 'utf8'), staging))
}
