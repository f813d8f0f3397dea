import { describe, expect, test } from 'vitest'
import { closingLine, countRun, isGreen, type CountedModule } from './reporter.ts'

function moduleWith(states: readonly string[], moduleErrors = 0, suiteErrors = 0): CountedModule {
  return {
    errors: () => ({ length: moduleErrors }),
    children: {
      allTests: () => states.map((state) => ({ result: () => ({ state }) })),
      allSuites: () => [{ errors: () => ({ length: suiteErrors }) }],
    },
  }
}

describe('the closing line of a test run', () => {
  test('counts every test once', () => {
    const tally = countRun([moduleWith(['passed', 'failed']), moduleWith(['passed', 'skipped'])], 0)
    expect(closingLine(tally)).toBe('2 passed, 1 failed, 1 skipped')
    expect(isGreen(tally)).toBe(false)
  })

  test('is green where something passed and nothing failed', () => {
    expect(isGreen(countRun([moduleWith(['passed', 'skipped'])], 0))).toBe(true)
  })

  test('a test that never came to an end has failed', () => {
    expect(countRun([moduleWith(['passed', 'pending'])], 0).failed).toBe(1)
  })

  test.each([
    ['a file that cannot be loaded', [moduleWith([], 1)], 0],
    ['a hook that throws', [moduleWith(['passed'], 0, 1)], 0],
    ['an error outside of every test', [moduleWith(['passed'])], 1],
  ])('%s is a failure', (_name, modules, errorsOutsideTests) => {
    const tally = countRun(modules, errorsOutsideTests)
    expect(tally.failed).toBe(1)
    expect(isGreen(tally)).toBe(false)
  })

  test('a run without a single test is not green', () => {
    const tally = countRun([], 0)
    expect(closingLine(tally)).toBe('0 passed, 0 failed, 0 skipped')
    expect(isGreen(tally)).toBe(false)
  })
})
