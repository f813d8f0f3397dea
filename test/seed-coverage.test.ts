import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SEED } from './support/seed.ts'

const PAGE = 'docs/seed-coverage.md'

interface Line {
  readonly row: string
  readonly here: string
  readonly shownBy: readonly { readonly file: string; readonly title: string }[]
}

const SHOWN = /`([^`]+)` › “([^”]+)”/g

function linesOf(page: string): Map<string, Line[]> {
  const sections = page.split(/^## /m).slice(1)
  return new Map(
    sections.map((section) => {
      const [name = '', ...text] = section.split('\n')
      const rows = text.filter((line) => line.startsWith('|')).slice(2)
      return [name.trim(), rows.map(lineOf)]
    }),
  )
}

function lineOf(text: string): Line {
  const [, row = '', here = '', shown = ''] = text.split(/(?<!\\)\|/).map((cell) => cell.trim())
  const shownBy = [...shown.matchAll(SHOWN)].map(([, file = '', title = '']) => ({ file, title }))
  return { row, here, shownBy }
}

/** What a page claims and cannot: empty where all of it holds. */
function faultsOf(page: string): string[] {
  const sections = linesOf(page)
  const lacking = Object.entries(SEED).flatMap(([section, rows]) => {
    const told = new Set((sections.get(section) ?? []).map(({ row }) => row))
    return rows.filter((row) => !told.has(row)).map((row) => `${section}: ${row} has no line`)
  })
  const claims = [...sections].flatMap(([section, lines]) =>
    lines.flatMap(({ row, here, shownBy }) => {
      const at = `${section}: ${row}`
      if (!SEED[section]?.includes(row)) return [`${at} is no row of the seed`]
      if (shownBy.length === 0 && !/\*\*missing\*\*/i.test(here)) {
        return [`${at} names no test, and does not say that it is missing`]
      }
      return shownBy.flatMap(({ file, title }) =>
        holdsTest(file, title) ? [] : [`${at}: ${file} has no test “${title}”`],
      )
    }),
  )
  return [...lacking, ...claims]
}

const texts = new Map<string, string>()

/** As it stands in the program, where a title may be cut by the quotes that it has to escape. */
function holdsTest(file: string, title: string): boolean {
  if (!file.endsWith('.test.ts') || !existsSync(file)) return false
  const text = texts.get(file) ?? readFileSync(file, 'utf8').replaceAll(/\\(['"`])/g, '$1')
  texts.set(file, text)
  return ["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote}`))
}

test('every row of the seed says what became of it, and every test that it names is there', () => {
  expect(Object.values(SEED).flat().length).toBeGreaterThan(100)
  expect(faultsOf(readFileSync(PAGE, 'utf8'))).toEqual([])
})

test('a row without a line, a test that is not there and a claim without one are found', () => {
  const page = readFileSync(PAGE, 'utf8')
  const shown = '`test/spec.test.ts` › “every rule'
  expect(page).toContain(shown)
  const broken = page
    .replace(/^\| Order Tracking .*\n/m, '')
    .replaceAll(shown, '`test/spec.test.ts` › “no rule')
    .replace(/^\| Integration Guide .*\n/m, '| Integration Guide | It is there | |\n')
  const faults = faultsOf(broken)
  expect(faults).toContain('Key features: Order Tracking has no line')
  expect(faults.filter((fault) => fault.includes('“no rule')).length).toBeGreaterThan(0)
  expect(faults).toContain(
    'Related documentation: Integration Guide names no test, and does not say that it is missing',
  )
})
