import { globSync, readFileSync } from 'node:fs'
import { join, normalize, dirname } from 'node:path'
import { expect, test } from 'vitest'

/** DESIGN.md's table: which zone may import which. `test` may import everything. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  protocol: ['domain'],
  db: ['domain'],
  sync: ['domain', 'protocol'],
  renderer: ['domain', 'protocol'],
  // The program's version.
  main: ['domain', 'protocol', 'db', 'sync', 'package.json'],
  test: ['domain', 'protocol', 'db', 'sync', 'renderer', 'main'],
}
const ZONES = Object.keys(ALLOWED)
/** Fewer files than this, and the walk has missed the house. */
const FEWEST_FILES = 20
const IMPORT =
  /(?:^|[\n;])\s*(?:import|export)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/g

/** What is pure takes the time as an argument; lint cannot see `new Date()` without one. */
const PURE = /^(domain\/|sync\/session(\/|[^/]*\.ts$))/
const READS_THE_CLOCK = /\bnew Date\(\s*\)|\bDate\(\s*\)/

interface SourceFile {
  readonly path: string
  readonly text: string
}

function importsOf(text: string): string[] {
  return [...text.matchAll(IMPORT)].flatMap((match) => match[1] ?? match[2] ?? [])
}

function faultsOf({ path, text }: SourceFile): string[] {
  const zone = path.split('/')[0] ?? ''
  const isTest = /\.test\.tsx?$/.test(path) || zone === 'test'
  const faults = importsOf(text).flatMap((specifier) => {
    if (specifier === 'electron' || specifier.startsWith('electron/'))
      return path.startsWith('main/desktop/') ? [] : [`${path} imports electron`]
    if (zone === 'domain' && !isTest && !specifier.startsWith('.') && specifier !== 'zod')
      return [`${path} imports ${specifier}`]
    if (!specifier.startsWith('.')) return []
    const target = normalize(join(dirname(path), specifier)).split('/')[0] ?? ''
    if (target === zone || (isTest && ZONES.includes(target))) return []
    return ALLOWED[zone]?.includes(target) ? [] : [`${path} imports ${specifier}`]
  })
  if (PURE.test(path) && !isTest && READS_THE_CLOCK.test(text)) faults.push(`${path} asks the time`)
  return faults
}

/** Every file of the house (not of a package beside it) but this one, whose planted violations stand in its text. */
function sourceFiles(): SourceFile[] {
  const paths = globSync(ZONES.map((zone) => `${zone}/**/*.{ts,tsx}`)).toSorted()
  return paths
    .filter((path) => path !== 'test/architecture.test.ts' && !path.includes('node_modules'))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

test('every zone imports only what the table of the house allows', () => {
  const files = sourceFiles()
  expect(files.length).toBeGreaterThan(FEWEST_FILES)
  expect(files.flatMap((file) => importsOf(file.text)).length).toBeGreaterThan(FEWEST_FILES)
  expect(files.flatMap(faultsOf)).toEqual([])
})

test.each([
  ['domain/x.ts', `import { a } from '../protocol/a.ts'`],
  ['domain/x.ts', `import { readFileSync } from 'node:fs'`],
  ['domain/x.ts', `import 'react'`],
  ['domain/x.ts', `const now = new Date()`],
  ['sync/session.ts', `const now = new Date( )`],
  ['protocol/x.ts', `export * from '../db/a.ts'`],
  ['db/x.ts', `import {\n  a,\n  b,\n} from '../sync/a.ts'`],
  ['sync/deep/x.ts', `import type { A } from '../../db/a.ts'`],
  ['renderer/pos/x.tsx', `const a = await import('../../main/a.ts')`],
  ['main/api/x.ts', `import { a } from '../../test/support/a.ts'`],
  ['main/terminal/x.ts', `import { app } from 'electron'`],
  ['main/x.ts', `const e = require('electron')`],
  ['test/x.ts', `import '../somewhere/a.ts'`],
])('a planted violation in %s is found: %s', (path, text) => {
  expect(faultsOf({ path, text })).toHaveLength(1)
})

test.each([
  ['domain/x.ts', `import { z } from 'zod'\nimport { a } from './a.ts'`],
  ['domain/x.test.ts', `import { test } from 'vitest'\nimport { a } from '../test/support/a.ts'`],
  ['domain/x.ts', `const day = new Date(at)`],
  ['main/desktop/main.ts', `import { app } from 'electron'\nimport { a } from '../terminal/a.ts'`],
  ['main/api/x.ts', `import { a } from '../../db/a.ts'\nimport fastify from 'fastify'`],
  ['renderer/pos/x.tsx', `import { a } from '../../protocol/a.ts'`],
])('what the table allows is allowed in %s: %s', (path, text) => {
  expect(faultsOf({ path, text })).toEqual([])
})
