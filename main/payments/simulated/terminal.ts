import { createServer, type AddressInfo, type Socket } from 'node:net'
import { MAX_LINE_BYTES, questionSchema, type Question, type Reply } from './protocol.ts'

/**
 * A card terminal that is none: it listens on a real socket, and charges nobody. What goes wrong is
 * chosen at every step by whoever runs it. Like a real one it forgets nothing that it has charged,
 * charges a reference once, and never after it was cancelled.
 */
export interface SimulatedTerminal {
  readonly port: number
  /** What it has charged, less what it has paid back, by reference. */
  readonly charged: () => ReadonlyMap<string, number>
  readonly setOnline: (isOnline: boolean) => void
  readonly stop: () => Promise<void>
}

/** Where a question can go wrong: when it has come in, and when it has been done. */
export type Step = `${Question['ask']}: asked` | `${Question['ask']}: done`

export type Fault =
  | 'none'
  | 'declined'
  | 'timeout'
  /** Half of it is approved. */
  | 'partial'
  /** It takes longer than anybody waits. */
  | 'slow'
  /** The line breaks, and the answer with it. */
  | 'lost'
  /** Every line breaks, nobody is served for a while, and what was going on has never been. */
  | 'power_cut'

export interface SimulatedTerminalOptions {
  readonly port?: number
  readonly faultAt?: (step: Step, reference: string) => Fault
  /** How long a guest takes with the card, and how long where it is slow. */
  readonly presentMs?: number
  readonly slowMs?: number
  readonly downMs?: number
}

interface Known {
  reply: Reply
  /** Those who wait for the end of it. */
  readonly waiting: Set<(reply: Reply) => void>
}

const MAX_REMEMBERED = 100_000

export async function startSimulatedTerminal({
  port = 0,
  faultAt = () => 'none',
  presentMs = 0,
  slowMs = 1_000,
  downMs = 50,
}: SimulatedTerminalOptions = {}): Promise<SimulatedTerminal> {
  const known = new Map<string, Known>()
  const charged = new Map<string, number>()
  const sockets = new Set<Socket>()
  let transactions = 0
  let isOnline = true
  let isDown = false

  const server = createServer((socket) => {
    if (isDown) {
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end < 0) {
        if (text.length > MAX_LINE_BYTES) socket.destroy()
        return
      }
      socket.pause()
      const question = readQuestion(text.slice(0, end))
      if (question === null) socket.destroy()
      else void serve(question, socket)
    })
  })

  async function serve(question: Question, socket: Socket): Promise<void> {
    const { ask, reference } = question
    const before = faultAt(`${ask}: asked`, reference)
    if (before === 'lost') return void socket.destroy()
    if (before === 'power_cut') return cutPower()
    const reply = await answer(question, before)
    if (reply === null) return
    const after = faultAt(`${ask}: done`, reference)
    if (after === 'lost') return void socket.destroy()
    if (after === 'power_cut') return cutPower()
    if (after === 'slow') await passing(slowMs)
    if (!socket.destroyed) socket.end(`${JSON.stringify(reply)}\n`)
  }

  /** Null: the power went while it was at it. */
  async function answer(question: Question, fault: Fault): Promise<Reply | null> {
    const { ask, reference } = question
    const held = known.get(reference)
    switch (ask) {
      case 'status':
        return held?.reply ?? { kind: 'not_found' }
      case 'cancel': {
        if (held && held.reply.kind !== 'in_progress') return held.reply
        settle(reference, { kind: 'cancelled' })
        return { kind: 'cancelled' }
      }
      case 'pay':
      case 'refund':
        if (held) return held.reply.kind === 'in_progress' ? ended(held) : held.reply
        return process(question, fault)
    }
  }

  async function process(
    question: Extract<Question, { ask: 'pay' | 'refund' }>,
    fault: Fault,
  ): Promise<Reply | null> {
    const { reference } = question
    const mine: Known = { reply: { kind: 'in_progress' }, waiting: new Set() }
    known.set(reference, mine)
    for (const oldest of known.keys()) {
      if (known.size <= MAX_REMEMBERED) break
      known.delete(oldest)
    }
    const wait = fault === 'slow' ? slowMs : presentMs
    if (wait > 0) await passing(wait)
    // Cancelled meanwhile, or forgotten with the power.
    if (known.get(reference) !== mine) return known.get(reference)?.reply ?? null
    if (mine.reply.kind === 'in_progress') settle(reference, outcomeOf(question, fault))
    return mine.reply
  }

  function outcomeOf(question: Extract<Question, { ask: 'pay' | 'refund' }>, fault: Fault): Reply {
    if (fault === 'declined') return { kind: 'declined', reason: 'insufficient funds' }
    if (fault === 'timeout') return { kind: 'timeout' }
    const { reference, amountMinor } = question
    if (question.ask === 'refund') {
      const left = charged.get(question.ofReference) ?? 0
      if (amountMinor > left) return { kind: 'declined', reason: 'more than was charged' }
      charged.set(question.ofReference, left - amountMinor)
      return approved(amountMinor, false)
    }
    const offline = !isOnline
    if (offline && amountMinor > question.offlineMinor) {
      return { kind: 'declined', reason: 'the bank cannot be reached' }
    }
    const minor = fault === 'partial' ? Math.ceil(amountMinor / 2) : amountMinor
    charged.set(reference, minor)
    return approved(minor, offline)
  }

  function approved(approvedMinor: number, offline: boolean): Reply {
    transactions += 1
    const id = `sim-${server.listening ? portOf(server.address()) : 0}-${transactions}`
    return {
      kind: 'approved',
      transactionId: id,
      approvedMinor,
      card: {
        brand: 'visa',
        lastFour: String(transactions % 10_000).padStart(4, '0'),
        token: `tok-${id}`,
        authorisationCode: `A${transactions}`,
        offline,
      },
    }
  }

  function settle(reference: string, reply: Reply): void {
    const held = known.get(reference) ?? { reply, waiting: new Set() }
    held.reply = reply
    known.set(reference, held)
    for (const resolve of held.waiting) resolve(reply)
    held.waiting.clear()
  }

  const ended = (held: Known): Promise<Reply> => new Promise((resolve) => held.waiting.add(resolve))

  function cutPower(): void {
    isDown = true
    for (const socket of sockets) socket.destroy()
    for (const [reference, { reply }] of known) {
      if (reply.kind === 'in_progress') known.delete(reference)
    }
    setTimeout(() => (isDown = false), downMs).unref()
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: portOf(server.address()),
    charged: () => charged,
    setOnline: (online) => (isOnline = online),
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0

const passing = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms).unref())

function readQuestion(line: string): Question | null {
  try {
    const parsed = questionSchema.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
