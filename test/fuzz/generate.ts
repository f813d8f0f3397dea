import fc from 'fast-check'
import type { Random } from '../simulation/random.ts'
import type { Schema } from './document.ts'
import { NAUGHTY_TEXTS } from './naughty.ts'
import type { Pool } from './pool.ts'

/** Values that a schema of the document allows, as far as a schema can say it. */
export type Generate = (schema: Schema, name: string) => unknown

const MAX_DEPTH = 8
const SAMPLES_OF_A_PATTERN = 24
/** A PIN takes long to hash, on purpose. */
export const SLOW = new Set(['pin'])
const WORDS = ['Table by the window', 'no onions', 'Ada', '+49 30 1234', 'a@example.com', '5', 'x']
const TIMES = ['2026-11-23T12:00:00Z', '2026-11-23T18:30:00+01:00', '2027-01-01T00:00:00Z']
const DATES = ['2026-11-23', '2026-11-22', '2027-02-28']

export function createGenerate(
  random: Random,
  pool: Pool,
  schemas: Readonly<Record<string, Schema>>,
): Generate {
  const samplesByPattern = new Map<string, readonly string[]>()

  function generate(schema: Schema, name: string, depth = 0): unknown {
    const { $ref, const: constant, enum: choices, anyOf, oneOf, type } = schema
    if (typeof $ref === 'string') return generate(resolve($ref), name, depth)
    if (constant !== undefined) return constant
    if (Array.isArray(choices)) return random.pick(choices)
    const options = (anyOf ?? oneOf) as Schema[] | undefined
    if (options) return generate(random.pick(options), name, depth)
    switch (Array.isArray(type) ? random.pick(type) : type) {
      case 'object':
        return objectOf(schema, depth)
      case 'array':
        return arrayOf(schema, name, depth)
      case 'string':
        return stringOf(schema, name)
      case 'integer':
      case 'number':
        return numberOf(schema, name)
      case 'boolean':
        return random.chance(0.5)
      case 'null':
        return null
      default:
        return random.pick<unknown>([null, 1, 'x', true, {}, []])
    }
  }

  function resolve(reference: string): Schema {
    const found = schemas[reference.split('/').at(-1) ?? '']
    if (found === undefined) throw new Error(`the document has no ${reference}`)
    return found
  }

  function objectOf(schema: Schema, depth: number): Record<string, unknown> {
    const {
      properties = {},
      required = [],
      additionalProperties,
    } = schema as {
      readonly properties?: Record<string, Schema>
      readonly required?: readonly string[]
      readonly additionalProperties?: Schema | boolean
    }
    const made: Record<string, unknown> = {}
    for (const [key, property] of Object.entries(properties)) {
      const share = SLOW.has(key) ? 0.05 : 0.4
      const isWanted = required.includes(key) || (depth < MAX_DEPTH && random.chance(share))
      if (isWanted) made[key] = generate(property, key, depth + 1)
    }
    if (typeof additionalProperties === 'object' && depth < MAX_DEPTH) {
      for (let more = random.below(3); more > 0; more -= 1) {
        made[random.pick(WORDS)] = generate(additionalProperties, '', depth + 1)
      }
    }
    return made
  }

  function arrayOf(schema: Schema, name: string, depth: number): unknown[] {
    const {
      items = {},
      minItems = 0,
      maxItems = 1_000,
    } = schema as {
      readonly items?: Schema
      readonly minItems?: number
      readonly maxItems?: number
    }
    const most = depth >= MAX_DEPTH ? minItems : Math.min(maxItems, minItems + 2)
    const wanted = random.between(minItems, Math.max(minItems, most))
    return Array.from({ length: wanted }, () => generate(items, name, depth + 1))
  }

  function stringOf(schema: Schema, name: string): string {
    const {
      format,
      pattern,
      minLength = 0,
      maxLength = 1_000,
    } = schema as {
      readonly format?: string
      readonly pattern?: string
      readonly minLength?: number
      readonly maxLength?: number
    }
    if (random.chance(/(^|_)ids?$/.test(name) ? 0.9 : 0.5)) {
      const known = pool.value(name)
      if (typeof known === 'string' || typeof known === 'number') return String(known)
    }
    if (format === 'date-time') return random.pick(TIMES)
    if (format === 'date') return random.pick(DATES)
    if (format === 'uri') return random.pick(['https://example.com/hook', 'http://localhost:9/'])
    if (pattern !== undefined) return random.pick(samplesOf(pattern))
    const fits = (text: string) => text.length >= minLength && text.length <= maxLength
    const texts = random.chance(0.15) ? NAUGHTY_TEXTS.filter(fits) : WORDS.filter(fits)
    return texts.length > 0 ? random.pick(texts) : 'x'.repeat(minLength)
  }

  function samplesOf(pattern: string): readonly string[] {
    const known = samplesByPattern.get(pattern)
    if (known !== undefined) return known
    const samples = fc.sample(fc.stringMatching(new RegExp(pattern)), {
      numRuns: SAMPLES_OF_A_PATTERN,
      seed: random.below(2 ** 31),
    })
    samplesByPattern.set(pattern, samples)
    return samples
  }

  function numberOf(schema: Schema, name: string): number {
    const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema as {
      readonly minimum?: number
      readonly maximum?: number
    }
    const known = random.chance(0.3) ? pool.value(name) : undefined
    if (typeof known === 'number' && known >= minimum && known <= maximum) return known
    return random.weighted([
      [6, Math.min(maximum, Math.max(minimum, 0) + random.below(10))],
      [2, Math.min(maximum, Math.max(minimum, 0) + random.below(2_000))],
      [1, minimum],
      [1, maximum],
    ])
  }

  return generate
}
