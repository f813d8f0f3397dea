import { defineConfig } from 'vitest/config'

/**
 * Three kinds of tests, run one kind after the other:
 * - `unit` and `screens`: fast, beside the code they test or under test/;
 * - `integration` and `simulation`: real processes, real PostgreSQL, long seeds;
 * - `day` and `e2e`: whole stores with a browser.
 */
const SLOW = ['test/integration/**/*.test.ts', 'test/simulation/**/*.test.ts']
const SCREENS = ['renderer/**/*.test.ts']
const E2E = ['test/e2e/**/*.test.ts']
/** `npm run day` runs it alone. By its name it is begun before the others of its kind: it takes longest. */
const DAY = ['test/e2e/day.test.ts']
const NEVER = ['**/node_modules/**', 'dist/**']

/**
 * Node itself loads what is tested, as it does in use: rewritten for Vite's module runner, the simulation
 * takes twice as long. Only the screens need Vite, for their JSX.
 */
const BY_NODE = { viteModuleRunner: false }

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...NEVER, ...SLOW, ...SCREENS, ...E2E],
          experimental: BY_NODE,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          include: SCREENS,
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
          experimental: BY_NODE,
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
          experimental: BY_NODE,
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
          experimental: BY_NODE,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
