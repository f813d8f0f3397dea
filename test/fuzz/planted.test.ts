import { expect, test, vi } from 'vitest'
import type { DocumentedOperation } from './document.ts'
import { runFuzz, type FuzzOptions } from './fuzz.ts'
import type { Answered } from './oracle.ts'
import { openWorld } from './world.ts'

vi.setConfig({ testTimeout: 120_000 })

const PER_OPERATION = 12
const isListing = ({ id }: DocumentedOperation): boolean =>
  ['listOrders', 'createOrder', 'getOrder'].includes(id)

const fuzz = (more: Partial<FuzzOptions>) =>
  runFuzz({ seed: 1, perOperation: PER_OPERATION, open: openWorld, only: isListing, ...more })

test('[H1] the fuzz finds nothing where nothing is planted, and asks the same under the same seed', async () => {
  const urls: string[][] = []
  for (const _ of [1, 2]) {
    const asked: string[] = []
    const { faults } = await fuzz({
      plant: ({ id }, answer) => {
        asked.push(`${id} ${answer.status}`)
        return answer
      },
    })
    expect(faults).toEqual([])
    urls.push(asked)
  }
  expect(urls[0]!.length).toBeGreaterThan(3 * PER_OPERATION - 1)
  expect(urls[1]).toEqual(urls[0])
})

const isTaken = ({ status }: Answered): boolean => status < 300

test.each<[what: string, told: RegExp, plant: (answer: Answered) => Answered]>([
  ['a fault of the program', /answers 500/, (answer) => ({ ...answer, status: 500 })],
  [
    'a status that the document does not have',
    /knows no answer 207/,
    (answer) => (isTaken(answer) ? { ...answer, status: 207 } : answer),
  ],
  [
    'an answer that lacks a member',
    /off its schema/,
    (answer) =>
      isTaken(answer) ? { ...answer, text: answer.text.replace('"total":', '"sum":') } : answer,
  ],
  [
    'an amount that is no integer',
    /off its schema/,
    (answer) =>
      isTaken(answer)
        ? { ...answer, text: answer.text.replace(/"amount":\d+/, '"amount":0.5') }
        : answer,
  ],
  [
    'a problem with a code that nobody knows',
    /off its schema/,
    (answer) =>
      isTaken(answer)
        ? answer
        : { ...answer, text: answer.text.replace(/"code":"/, '"code":"no_') },
  ],
  [
    'a refusal as a page',
    /as text\/html/,
    (answer) => (isTaken(answer) ? answer : { ...answer, type: 'text/html' }),
  ],
])('[H1] a planted wrong answer is found: %s', async (_what, told, plant) => {
  const { faults } = await fuzz({ plant: (_operation, answer) => plant(answer) })
  expect(faults.join('\n')).toMatch(told)
})

test('[H1] a row that the log does not give, and a look that writes, are found', async () => {
  const { faults } = await fuzz({
    open: async () => {
      const world = await openWorld()
      let looks = 0
      return { ...world, written: () => (looks += 1), fault: async () => 'table orders' }
    },
  })
  expect(faults.join('\n')).toMatch(/verify: table orders/)
  expect(faults.join('\n')).toMatch(/listOrders answers \d+ and has written 1/)
})
