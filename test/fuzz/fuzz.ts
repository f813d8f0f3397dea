import { createRandom, type Random } from '../simulation/random.ts'
import { readDocument, type DocumentedOperation, type Schema } from './document.ts'
import { createGenerate } from './generate.ts'
import { createOracle, type Answered, type Oracle } from './oracle.ts'
import { createPool, type Pool } from './pool.ts'
import { createRequests, type FuzzRequest, type Requests } from './request.ts'

/** What is asked: a device, or the centre, with the document that it gives out. */
export interface FuzzTarget {
  readonly ask: (request: FuzzRequest, isStream: boolean) => Promise<Answered>
  readonly document: Schema
  readonly tokenOf: Readonly<Record<string, string>>
  /** Bodies that are taken, by operation: what is changed a little is right more often than what is made up. */
  readonly examples: Readonly<Record<string, unknown>>
  /** Where something is that no list names. */
  readonly places?: readonly string[]
  /** How much its log holds: a refusal and a look must leave it alone. */
  readonly written: () => number | Promise<number>
  /** What `verify` finds; null: nothing. */
  readonly fault: () => Promise<string | null>
  readonly close: () => Promise<void>
}

export interface FuzzOptions {
  readonly seed: number
  readonly perOperation: number
  readonly open: () => Promise<FuzzTarget>
  /** For the test of the fuzz itself: what an answer is told as. */
  readonly plant?: (operation: DocumentedOperation, answer: Answered) => Answered
  /** Absent: all of the document. */
  readonly only?: (operation: DocumentedOperation) => boolean
}

export interface FuzzReport {
  readonly tallies: ReadonlyMap<string, Tally>
  /** Each with what it takes to see it again. */
  readonly faults: readonly string[]
}

export interface Tally {
  sent: number
  taken: number
}

/** Lists get long and slow in a store that was asked a lot: a round begins with a new one. */
const PER_ROUND = 100
const BROKEN_SHARE = 0.4
const REPEATED_SHARE = 0.02
const REPEATS = 3
/** A wrong PIN is written down, and that is what it answers to. */
const TELLS_REFUSALS = new Set(['approve'])
const MAX_FAULTS = 20
/** Of a request, in a report. */
const MAX_TOLD = 1_500

/**
 * Asks everything that the document offers, as it says and in every wrong way, and judges every
 * answer by the document. The same seed asks the same again.
 */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const tallies = new Map<string, Tally>()
  const faults: string[] = []
  let oracle: Oracle | null = null
  for (let done = 0, round = 0; done < options.perOperation; done += PER_ROUND, round += 1) {
    const target = await options.open()
    const document = readDocument(target.document)
    oracle ??= createOracle(document)
    const random = createRandom(options.seed * 1_000 + round)
    const pool = createPool(random)
    for (const operation of document.operations) {
      const example = target.examples[operation.id]
      if (example !== undefined) pool.taken(operation, example)
    }
    for (const place of target.places ?? []) pool.learnLocation(place)
    const generate = createGenerate(random, pool, document.schemas)
    const requests = createRequests({ random, pool, generate, tokenOf: target.tokenOf })
    const operations = document.operations.filter(options.only ?? (() => true))
    const each = Math.min(PER_ROUND, options.perOperation - done)
    const where = `seed ${options.seed}, round ${round}`
    await runRound(
      { target, oracle, random, pool, requests, plant: options.plant ?? ((_, answer) => answer) },
      inTurns(operations, each, random),
      {
        tallies,
        fault: (words) => faults.length < MAX_FAULTS && faults.push(`${where}: ${words}`),
      },
    )
    const found = await target.fault()
    if (found !== null) faults.push(`${where}: verify: ${found}`)
    await target.close()
  }
  return { tallies, faults }
}

interface Round {
  readonly target: FuzzTarget
  readonly oracle: Oracle
  readonly random: Random
  readonly pool: Pool
  readonly requests: Requests
  readonly plant: NonNullable<FuzzOptions['plant']>
}

/** Looks come first, so that what is there is known to what changes it. */
function inTurns(
  operations: readonly DocumentedOperation[],
  each: number,
  random: Random,
): DocumentedOperation[] {
  const first = operations.filter(({ method }) => method === 'GET')
  const rest = Array.from({ length: each }, (_, turn) =>
    operations.filter(({ method }) => turn > 0 || method !== 'GET'),
  ).flat()
  for (let i = rest.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1)
    ;[rest[i], rest[j]] = [rest[j] as DocumentedOperation, rest[i] as DocumentedOperation]
  }
  return [...first, ...rest]
}

async function runRound(
  { target, oracle, random, pool, requests, plant }: Round,
  turns: readonly DocumentedOperation[],
  report: { readonly tallies: Map<string, Tally>; readonly fault: (words: string) => void },
): Promise<void> {
  const seen = new Set<string>()
  /** The same list once more teaches nothing. */
  const learned = new Set<string>()

  function judge(operation: DocumentedOperation, request: FuzzRequest, heard: Answered): Answered {
    const answer = plant(operation, heard)
    const words = oracle(operation, answer)
    if (words !== null) tell(operation, request, answer, words)
    const tally = report.tallies.get(operation.id) ?? { sent: 0, taken: 0 }
    report.tallies.set(operation.id, tally)
    tally.sent += 1
    if (answer.status < 300) tally.taken += 1
    return answer
  }

  /** One fault of a kind is enough to look for. */
  function tell(
    { id }: DocumentedOperation,
    request: FuzzRequest,
    { status, text }: Answered,
    words: string,
  ): void {
    if (seen.has(`${id} ${words}`)) return
    seen.add(`${id} ${words}`)
    const { method, url, headers, payload } = request
    const { authorization: _, ...shown } = headers
    const asked = `${method} ${url} ${JSON.stringify(shown)} ${String(payload ?? '')}`
    report.fault(`${id} ${words}\n  ${asked.slice(0, MAX_TOLD)}\n  ${status} ${text.slice(0, 500)}`)
  }

  async function ask(operation: DocumentedOperation, request: FuzzRequest): Promise<void> {
    const before = await target.written()
    const answer = judge(operation, request, await target.ask(request, operation.isStream))
    const changed = (await target.written()) - before
    const mustNot = operation.method === 'GET' || answer.status >= 400
    if (changed !== 0 && mustNot && !TELLS_REFUSALS.has(operation.id)) {
      tell(operation, request, answer, `answers ${answer.status} and has written ${changed}`)
    }
    if (answer.status >= 300 || operation.isStream) return
    if (operation.method !== 'GET') pool.taken(operation, request.body)
    if (answer.location !== undefined) pool.learnLocation(answer.location)
    if (learned.has(answer.text)) return
    learned.add(answer.text)
    const body = parse(answer.text)
    if (body !== undefined) pool.learn(operation, request.params, body)
  }

  /** The same at once under one key: it counts once, and everybody hears of the same. */
  async function askAtOnce(operation: DocumentedOperation, request: FuzzRequest): Promise<void> {
    const keyed = {
      ...request,
      headers: { ...request.headers, 'idempotency-key': `once-${random.below(1_000_000)}` },
    }
    const answers = await Promise.all(
      Array.from({ length: REPEATS }, () => target.ask(keyed, operation.isStream)),
    )
    const taken = answers.map((one) => judge(operation, keyed, one)).filter((a) => a.status < 300)
    const ids = new Set(taken.map(({ text }) => idIn(text)))
    if (ids.size > 1) tell(operation, keyed, taken[0]!, 'gives repeats different ids')
  }

  for (const operation of turns) {
    if (operation.method !== 'GET' && random.chance(REPEATED_SHARE)) {
      await askAtOnce(operation, requests.valid(operation))
    } else {
      const isBroken = random.chance(BROKEN_SHARE)
      await ask(operation, isBroken ? requests.broken(operation) : requests.valid(operation))
    }
  }
}

const idIn = (text: string): unknown => (parse(text) as { id?: unknown } | undefined)?.id

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A line for each operation: how many were sent, and what share was taken. */
export const tellTallies = ({ tallies }: FuzzReport): string[] =>
  [...tallies]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { sent, taken }]) => {
      const share = `${((taken / sent) * 100).toFixed(1)} %`
      return `${id.padEnd(28)} ${String(sent).padStart(7)} sent ${share.padStart(7)} taken`
    })
