import { writeSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * Counts a run and says the counts as the very last line of the process.
 *
 * A run that ends without a verdict (the build broke, the configuration does not load, a file
 * cannot be collected) must not look like a quiet success, so it counts as one failure, and a run
 * in which nothing passed and nothing failed ends with a status other than 0 as well.
 */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** What of a test module the count needs: small, so that a test can hand in its own. */
export interface CountedModule {
  errors(): { readonly length: number }
  readonly children: {
    allTests(): Iterable<{ result(): { readonly state: string } }>
    allSuites(): Iterable<{ errors(): { readonly length: number } }>
  }
}

const UNFINISHED: Tally = { passed: 0, failed: 1, skipped: 0 }

export function countRun(modules: readonly CountedModule[], errorsOutsideTests: number): Tally {
  let passed = 0
  let skipped = 0
  let failed = errorsOutsideTests
  for (const module of modules) {
    // A file that cannot be loaded, and a hook that throws, own no test that could fail for them.
    if (module.errors().length > 0) failed += 1
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) failed += 1
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') passed += 1
      else if (state === 'skipped') skipped += 1
      else failed += 1
    }
  }
  return { passed, failed, skipped }
}

export function closingLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`
}

/** Whether a run may end with status 0: something ran and nothing failed. */
export function isGreen(tally: Tally): boolean {
  return tally.failed === 0 && tally.passed > 0
}

/** Makes the reporter, and has the closing line printed when this process ends. */
export function createClosingReporter(): Reporter {
  let tally = UNFINISHED
  process.on('exit', () => {
    writeSync(1, `${closingLine(tally)}\n`)
    if (!isGreen(tally)) process.exitCode = process.exitCode || 1
  })
  return {
    onTestRunEnd(modules: readonly TestModule[], unhandledErrors, reason) {
      const interrupted = reason === 'interrupted' ? 1 : 0
      tally = countRun(modules, unhandledErrors.length + interrupted)
    },
  }
}
