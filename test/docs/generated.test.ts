import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generatedDocs } from './generated.ts'

const ROOT = join(import.meta.dirname, '../..')

test('the generated pages say what the program is now; `npm run docs` writes them anew', async () => {
  const pages = await generatedDocs()
  expect(pages.size).toBe(2)
  for (const [path, text] of pages) {
    const file = join(ROOT, path)
    const written = existsSync(file) ? readFileSync(file, 'utf8') : ''
    expect(text.length).toBeGreaterThan(10_000)
    // Not the whole of both: the first line that differs is enough.
    const lines = text.split('\n')
    const stale = written.split('\n').find((line, i) => line !== lines[i])
    expect([path, written.length === text.length ? undefined : 'out of date', stale]).toEqual([
      path,
      undefined,
      undefined,
    ])
  }
})
