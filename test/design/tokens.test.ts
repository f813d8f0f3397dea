import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { assert } from '../../domain/result.ts'
import { contrast, readTokens, type Theme } from './contrast.ts'

const css = readFileSync('renderer/ui/tokens.css', 'utf8')
const design = readFileSync('docs/design.md', 'utf8')

/** Pairs as they stand on the screens: what is read, and what it is read on. */
const TEXT: readonly (readonly [string, string])[] = [
  ...['ground', 'surface', 'raised', 'pressed'].flatMap((ground) =>
    ['ink', 'ink-soft'].map((ink) => [ink, ground] as const),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-pressed'],
  ['accent-ink', 'accent-soft'],
  ['accent-ink', 'surface'],
  ['on-money', 'money'],
  ['on-money', 'money-pressed'],
  ...['good', 'warn', 'bad'].flatMap((tone) =>
    [`${tone}-soft`, 'surface', 'raised'].map((ground) => [tone, ground] as const),
  ),
  ['on-alarm', 'alarm'],
  ...['amber', 'red', 'green', 'blue', 'violet', 'teal', 'rose', 'slate'].flatMap((color) =>
    ['ink', 'ink-soft'].map((ink) => [ink, `cat-${color}-soft`] as const),
  ),
]

/** What is seen and not read: marks, the edge of what can be pressed, the ring of the focus. */
const MARKS: readonly (readonly [string, string])[] = [
  ['focus', 'surface'],
  ['focus', 'ground'],
  ['line-strong', 'surface'],
  ['ink-off', 'surface'],
  ...['amber', 'red', 'green', 'blue', 'violet', 'teal', 'rose', 'slate'].map(
    (color) => [`cat-${color}`, 'surface'] as const,
  ),
]

const tokens = readTokens(css)
const ratio = (theme: Theme, [front, back]: readonly [string, string]): number => {
  const [one, other] = [front, back].map((name) => tokens[theme].get(name))
  assert(one !== undefined && other !== undefined, `${front} and ${back} are tokens`)
  return contrast(one, other)
}

test.each(['light', 'dark'] as const)(
  '[X6] text of the %s theme has a contrast of 4.5',
  (theme) => {
    expect(TEXT.filter((pair) => ratio(theme, pair) < 4.5)).toEqual([])
  },
)

test.each(['light', 'dark'] as const)(
  '[X6] marks of the %s theme have a contrast of 3',
  (theme) => {
    expect(MARKS.filter((pair) => ratio(theme, pair) < 3)).toEqual([])
  },
)

test('[X6] the figures in docs/design.md are those of the tokens', () => {
  const rows = [...design.matchAll(/^\| `([\w-]+)` on `([\w-]+)` +\| ([\d.]+) +\| ([\d.]+) +\|$/gm)]
  expect(rows.length).toBeGreaterThan(12)
  for (const [, front = '', back = '', light, dark] of rows) {
    expect(`${front} on ${back}: ${ratio('light', [front, back]).toFixed(1)}`).toBe(
      `${front} on ${back}: ${light ?? ''}`,
    )
    expect(`${front} on ${back}: ${ratio('dark', [front, back]).toFixed(1)}`).toBe(
      `${front} on ${back}: ${dark ?? ''}`,
    )
  }
})

test('[X6] the reader of tokens knows black from white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#777777')).toBe(1)
  expect(tokens.light.get('surface')).toBe('#ffffff')
  expect(tokens.dark.get('surface')).not.toBe('#ffffff')
})

test('[X7] sizes lie on the grid of four, and what can be touched is no smaller than 44', () => {
  const px = (name: RegExp) => [...css.matchAll(name)].map(([, size]) => Number(size))
  expect(px(/--space-\d: (\d+)px/g).filter((size) => size % 4 !== 0)).toEqual([])
  const targets = px(/--target(?:-\w)?: (\d+)px/g)
  expect(targets.length).toBeGreaterThan(2)
  expect(Math.min(...targets)).toBeGreaterThanOrEqual(44)
})
