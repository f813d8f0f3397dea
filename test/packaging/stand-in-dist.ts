import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'

/** Where Electron's binary keeps its fuses: after these bytes come a version, a length and a byte each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As Electron delivers them: run-as-node, options and inspection on, what protects off. */
const WIRE = '101100011'

/**
 * A folder that electron-builder takes for Electron's own distribution. Its binary does nothing, but
 * it has the fuse wire of a real one, so that fuses are really flipped and can be read back.
 */
export async function writeStandInDist(folder: string, version: string): Promise<void> {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  const wire = Buffer.concat([Buffer.from([1, WIRE.length]), Buffer.from(WIRE)])
  const program = Buffer.from(`#!/bin/sh\nexit 0\n${SENTINEL}`)
  writeFileSync(join(folder, 'electron'), Buffer.concat([program, wire, Buffer.from('\n')]))
  chmodSync(join(folder, 'electron'), 0o755)
  writeFileSync(join(folder, 'version'), version)
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'resources.pak', 'chrome-sandbox'])
    writeFileSync(join(folder, name), '')
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '')
  const empty = join(folder, '..', 'default-app')
  mkdirSync(empty)
  writeFileSync(join(empty, 'package.json'), '{}')
  await createPackage(empty, join(folder, 'resources', 'default_app.asar'))
}
