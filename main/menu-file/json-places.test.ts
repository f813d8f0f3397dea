import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locateJson, type JsonPlace } from './json-places.ts'

const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The text from a place on begins with that value's own JSON. */
function expectPlaced(text: string, place: JsonPlace, value: unknown): void {
  if (Array.isArray(value)) {
    expect(text.charAt(place.start)).toBe('[')
    expect(place.elements).toHaveLength(value.length)
    value.forEach((element, index) => expectPlaced(text, place.elements![index]!, element))
  } else if (typeof value === 'object' && value !== null) {
    expect(text.charAt(place.start)).toBe('{')
    expect([...place.members!.keys()].toSorted()).toEqual(Object.keys(value).toSorted())
    for (const [key, member] of Object.entries(value)) {
      const found = place.members!.get(key)!
      expect(text.startsWith(JSON.stringify(key), found.keyStart)).toBe(true)
      expectPlaced(text, found.place, member)
    }
  } else {
    expect(text.startsWith(JSON.stringify(value), place.start)).toBe(true)
  }
}

describe('places in a JSON text', () => {
  test('every value of every text stands where it is said to', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom(undefined, 1, '\t'),
        (value, indent) => {
          const text = JSON.stringify(value, null, indent)
          const located = locateJson(text)
          expect(located.ok).toBe(true)
          if (located.ok) expectPlaced(text, located.value, JSON.parse(text))
        },
      ),
    )
  })

  test('a text with one character changed is refused where JSON.parse refuses it, and only there', () => {
    const text = '{ "a": [1, -2.5e3, true, null], "b\\n": "x\\u00e9", "c": {} }'
    let refused = 0
    for (let at = 0; at < text.length; at += 1) {
      for (const character of [
        '',
        ',',
        '"',
        '}',
        ']',
        ':',
        '\\',
        '0',
        '.',
        'e',
        '-',
        'x',
        '\t',
        '\n',
      ]) {
        const changed = text.slice(0, at) + character + text.slice(at + 1)
        const located = locateJson(changed)
        expect(located.ok, changed).toBe(parses(changed))
        if (!located.ok) refused += 1
      }
    }
    expect(refused).toBeGreaterThan(200)
  })

  test.each([
    ['{"a": 1,}', 7],
    ['{"a": 1 "b": 2}', 8],
    ["{'a': 1}", 1],
    ['{"a": 1}\n{', 9],
    ['{"a": "x', 6],
    ['{"a": 01}', 7],
    ['[1, NaN]', 4],
    ['{"a": 1, "a": 2}', 9],
    ['[1, // one\n2]', 4],
    ['', 0],
  ])('%j is refused at offset %i', (text, offset) => {
    expect(locateJson(text)).toMatchObject({ ok: false, error: { offset } })
  })

  test('a hundred thousand brackets are refused, not a full call stack', () => {
    expect(locateJson('['.repeat(100_000))).toMatchObject({ ok: false, error: { offset: 33 } })
  })
})
