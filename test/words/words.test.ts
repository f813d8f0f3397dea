import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { arabic } from '../../renderer/words/ar/index.ts'
import { german } from '../../renderer/words/de/index.ts'
import { english } from '../../renderer/words/en/index.ts'
import { spanish } from '../../renderer/words/es/index.ts'
import { french } from '../../renderer/words/fr/index.ts'
import type { Plural } from '../../renderer/words/kinds.ts'
import { textsInCode } from './texts-in-code.ts'

/** The folders whose screens speak all languages. `office` is still to come. */
const CONVERTED = ['join', 'display', 'kitchen', 'pos', 'ui']
/** Files of those that still speak English alone. The list only gets shorter. */
const NOT_YET: readonly string[] = JSON.parse(
  readFileSync(new URL('not-yet.json', import.meta.url), 'utf8'),
) as string[]

type Texts = Readonly<Record<string, Readonly<Record<string, string | Plural>>>>
const others: Readonly<Record<string, Texts>> = { de: german, es: spanish, fr: french, ar: arabic }

const allOf = (texts: Texts) =>
  Object.entries(texts).flatMap(([area, named]) =>
    Object.entries(named).map(([name, text]) => [`${area}.${name}`, text] as const),
  )
const formsOf = (text: string | Plural) =>
  typeof text === 'string' ? [text] : Object.values<string>({ ...text })
const placeholdersIn = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted()

test.each(Object.keys(others))(
  '[X1] the texts in %s name what the English ones name',
  (language) => {
    const theirs = new Map(allOf(others[language] ?? {}))
    for (const [key, text] of allOf(english)) {
      const wanted = placeholdersIn(typeof text === 'string' ? text : text.other)
      for (const form of formsOf(theirs.get(key) ?? '')) {
        // A form for one or two may say the count in a word.
        const held = placeholdersIn(form)
        const missing = wanted.filter((name) => name !== 'count' && !held.includes(name))
        const strange = held.filter((name) => !wanted.includes(name))
        expect({ key, missing, strange }).toEqual({ key, missing: [], strange: [] })
        expect(form === '', `${key} in ${language}`).toBe(formsOf(text)[0] === '')
      }
      if (typeof text === 'string') {
        expect(placeholdersIn(formsOf(theirs.get(key) ?? '')[0] ?? ''), key).toEqual(wanted)
      }
    }
  },
)

test.each(['de', 'es', 'fr'])(
  '[X5] no text in %s is so long that it breaks a screen',
  (language) => {
    const theirs = new Map(allOf(others[language] ?? {}))
    const tooLong = allOf(english).flatMap(([key, text]) => {
      const [own = ''] = formsOf(text).slice(-1)
      const [their = ''] = formsOf(theirs.get(key) ?? '').slice(-1)
      return their.length > own.length * 1.6 + 14 ? [`${key}: ${their}`] : []
    })
    expect(tooLong).toEqual([])
  },
)

const sources = globSync('renderer/**/*.{ts,tsx}')
  .filter((path) => !path.includes('.test.') && !path.startsWith('renderer/words/'))
  .map((path) => path.replaceAll('\\', '/'))
  .toSorted()

test('[X2] every text for people on a converted screen stands in renderer/words', () => {
  const converted = sources.filter((path) => CONVERTED.includes(path.split('/')[1] ?? ''))
  expect(converted.length).toBeGreaterThan(100)
  const faults = converted.flatMap((path) =>
    textsInCode(path, readFileSync(path, 'utf8')).map((text) => `${path}: ${text}`),
  )
  const isAllowed = (fault: string) => NOT_YET.some((path) => fault.startsWith(`${path}: `))
  expect(faults.filter((fault) => !isAllowed(fault))).toEqual([])
  expect(NOT_YET.filter((path) => !faults.some((fault) => fault.startsWith(`${path}: `)))).toEqual(
    [],
  )
})

test.each([
  ['<p>Nothing here</p>', 1],
  ['<p className="a big one">{say("a.b")}</p>', 0],
  ['<Sheet title="Reports" />', 1],
  ['<Sheet title={say(isOpen ? "a.b" : "a.c")} onClose={close} />', 0],
  ['<p>{`${n} left`}</p>', 1],
  ['<p>{isOpen ? "Open now" : null}</p>', 1],
  ['<p>{event.key === "Escape" ? 1 : 2}</p>', 0],
  ['<p>·{" — "}✓</p>', 0],
])('the search for texts in %s finds %i', (jsx, count) => {
  expect(textsInCode('x.tsx', `const x = ${jsx}`)).toHaveLength(count)
})

test('[X3] no text is kept that nothing says', () => {
  const code = [...sources, ...globSync('renderer/words/*.{ts,tsx}')]
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  const families = [...code.matchAll(/`(\w+\.\w+_)\$\{/g)].map(([, prefix]) => prefix ?? '')
  // Of an area that is chosen from as a whole, each name stands somewhere by itself.
  const areas = new Set([...code.matchAll(/`(\w+)\.\$\{/g)].map(([, area]) => area ?? ''))
  const names = new Set([...code.matchAll(/'(\w+)'|\b(\w+)\??:/g)].map((m) => m[1] ?? m[2] ?? ''))
  const said = new Set([...code.matchAll(/['`](\w+\.\w+)['`]/g)].map(([, key]) => key ?? ''))
  const unsaid = allOf(english)
    .map(([key]) => key)
    .filter((key) => !said.has(key) && !families.some((prefix) => key.startsWith(prefix)))
    .filter((key) => {
      const [area = '', name = ''] = key.split('.')
      return !areas.has(area) || !names.has(name)
    })
  expect(unsaid).toEqual([])
})

test('[X4] no style sheet names left or right: Arabic runs the other way', () => {
  const named = /(margin|padding|border)-(left|right)|text-align: (left|right)|^\s+(left|right):/m
  const sheets = globSync('renderer/**/*.css').filter((path) => !path.includes('kitchen'))
  expect(sheets.length).toBeGreaterThan(40)
  expect(sheets.filter((path) => named.test(readFileSync(path, 'utf8')))).toEqual([])
})
