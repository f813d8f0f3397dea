import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const TOO_FEW_TESTS = 20

const rulesIn = (text: string, pattern: RegExp): Set<string> =>
  new Set([...text.matchAll(pattern)].map((match) => match[1]!))

function rulesOfTests(): Set<string> {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.test\.tsx?$/.test(file) && !/(^|\/)(node_modules|dist)\//.test(file),
  )
  expect(files.length).toBeGreaterThan(TOO_FEW_TESTS)
  return rulesIn(
    files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n'),
    /\[([A-Z]\d+)\]/g,
  )
}

test('every rule of docs/SPEC.md has a test or stands among its gaps, and no test has a rule of its own', () => {
  const [rulesText = '', gapsText = ''] = readFileSync(join(ROOT, 'docs/SPEC.md'), 'utf8').split(
    '## Gaps',
  )
  const names = [...rulesText.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map((match) => match[1]!)
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([])
  const rules = rulesIn(rulesText, /^- \*\*([A-Z]\d+)\*\*/gm)
  const gaps = rulesIn(gapsText, /^- ([A-Z]\d+):/gm)
  const tested = rulesOfTests()
  expect([...rules].filter((rule) => !tested.has(rule) && !gaps.has(rule))).toEqual([])
  expect([...tested, ...gaps].filter((rule) => !rules.has(rule))).toEqual([])
})
