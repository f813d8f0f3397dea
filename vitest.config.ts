import { defineConfig } from 'vitest/config'

/**
 * Three kinds of tests, run one kind after the other:
 * - `unit`: fast, beside the code they test or under test/;
 * - `integration` and `simulation`: real processes, real PostgreSQL, long seeds;
 * - `e2e`: whole stores with a browser.
 */
const SLOW = ['test/integration/**/*.test.ts', 'test/simulation/**/*.test.ts']
const E2E = ['test/e2e/**/*.test.ts']
/** `npm run day`: a whole day of a restaurant. Not a part of `npm test`. */
const DAY = ['test/e2e/day.test.ts']
const NEVER = ['**/node_modules/**', 'dist/**']

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...NEVER, ...SLOW, ...E2E],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: SLOW,
          // Most of them wait for processes of their own.
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: E2E,
          exclude: [...NEVER, ...DAY],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'day',
          include: DAY,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
