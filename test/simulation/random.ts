/**
 * The only source of chance in a simulation: sfc32, the small fast counting generator by Chris
 * Doty-Humphrey (PractRand), seeded by splitmix32. The same seed gives the same run for ever.
 */
export interface Random {
  /** An integer from 0 to `n - 1`. */
  readonly below: (n: number) => number
  /** An integer from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number
  readonly chance: (probability: number) => boolean
  /** Throws on an empty list. */
  readonly pick: <T>(from: readonly T[]) => T
  readonly weighted: <T>(from: readonly (readonly [weight: number, value: T])[]) => T
}

export function createRandom(seed: number): Random {
  let mix = seed | 0
  function splitmix32(): number {
    mix = (mix + 0x9e3779b9) | 0
    let z = mix ^ (mix >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let a = splitmix32()
  let b = splitmix32()
  let c = splitmix32()
  let counter = 1

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next()

  const below = (n: number): number => next() % n
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability * 2 ** 32,
    pick(from) {
      if (from.length === 0) throw new Error('there is nothing to pick from')
      return from[below(from.length)] as (typeof from)[number]
    },
    weighted(from) {
      let left = below(from.reduce((sum, [weight]) => sum + weight, 0))
      for (const [weight, value] of from) {
        if (left < weight) return value
        left -= weight
      }
      throw new Error('there is nothing to pick from')
    },
  }
}
