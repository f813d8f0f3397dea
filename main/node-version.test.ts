import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { isSupportedNode } from './node-version.ts'

const MODULE = new URL('./node-version.ts', import.meta.url).href

function runWithVersion(version: string) {
  const code = `import { assertNodeVersion } from ${JSON.stringify(MODULE)}
assertNodeVersion(${JSON.stringify(version)})
console.log('went on')`
  return spawnSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' })
}

describe('the version of Node', () => {
  test.each(['22.14.0', '22.20.1', '24.21.0', '26.0.0'])('%s will do', (version) => {
    expect(isSupportedNode(version)).toBe(true)
  })

  test.each(['22.13.9', '20.20.2', '18.0.0', 'nonsense'])('%s is too old', (version) => {
    expect(isSupportedNode(version)).toBe(false)
  })

  test('an old one ends the process with one line that names both versions', () => {
    const run = runWithVersion('20.20.2')
    expect(run.status).toBe(1)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('needs Node 22.14 or newer, and this is 20.20.2')
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  test('a new one goes on', () => {
    const run = runWithVersion('24.21.0')
    expect(run.status).toBe(0)
    expect(run.stdout).toBe('went on\n')
  })
})
