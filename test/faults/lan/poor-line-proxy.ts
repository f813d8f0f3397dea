import { connect, createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { createRandom } from '../../support/random.ts'

/**
 * A bad line between two tills, made of TCP: what comes in goes out later, in its order. A lost
 * packet shows to TCP as a wait for its repetition; a stalled line takes everything and gives
 * nothing; a cut ends the connection in the middle of whatever was on its way.
 *
 * Its command line: the port to listen on, the host and port behind it, a seed. Each JSON line sets
 * the line anew.
 */
export interface LineState {
  readonly delayMs: number
  /** On top of the delay, up to so much. */
  readonly jitterMs: number
  /** How many of a hundred pieces are lost once. */
  readonly lossPercent: number
  readonly isStalled: boolean
  /** What stands is cut at once, and the next connections after so many bytes, one after the other. */
  readonly cuts: readonly number[]
}

export interface LineReport {
  /** Since the line was made. */
  readonly cutsMade: number
}

const REPEATED_AFTER_MS = 300

const [port = '', host = '', targetPort = '', seed = '1'] = process.argv.slice(2)
const chance = createRandom(Number(seed))
let line: LineState = { delayMs: 0, jitterMs: 0, lossPercent: 0, isStalled: false, cuts: [] }
let cuts: number[] = []
let cutsMade = 0
const ends = new Set<() => void>()
const wakers = new Set<() => void>()

interface Piece {
  readonly bytes: Buffer
  readonly dueMs: number
}

/** One way of a connection. `cutAfter`: bytes that still pass. */
function carry(from: Socket, to: Socket, cutAfter: { left: number }, cut: () => void): void {
  const queue: Piece[] = []
  let timer: NodeJS.Timeout | null = null

  function pump(): void {
    timer = null
    while (!line.isStalled && queue[0] && queue[0].dueMs <= performance.now()) {
      const { bytes } = queue.shift()!
      to.write(bytes.subarray(0, cutAfter.left))
      cutAfter.left -= bytes.length
      if (cutAfter.left < 0) {
        cutsMade += 1
        return cut()
      }
    }
    if (queue[0] && !line.isStalled) {
      timer = setTimeout(pump, Math.max(1, queue[0].dueMs - performance.now()))
    }
  }

  from.on('data', (bytes: Buffer) => {
    const lost = chance() * 100 < line.lossPercent ? REPEATED_AFTER_MS : 0
    const dueMs = performance.now() + line.delayMs + chance() * line.jitterMs + lost
    // A stream keeps its order: whoever was delayed delays those behind.
    queue.push({ bytes, dueMs: Math.max(dueMs, queue.at(-1)?.dueMs ?? 0) })
    if (timer === null) pump()
  })
  wakers.add(pump)
  from.once('close', () => {
    wakers.delete(pump)
    if (timer !== null) clearTimeout(timer)
  })
}

const server = createServer((near) => {
  const far = connect(Number(targetPort), host)
  const cutAfter = { left: cuts.shift() ?? Number.POSITIVE_INFINITY }
  const end = (): void => {
    ends.delete(end)
    near.destroy()
    far.destroy()
  }
  ends.add(end)
  for (const socket of [near, far]) {
    socket.setNoDelay(true)
    socket.on('error', end)
    socket.on('close', end)
  }
  carry(near, far, cutAfter, end)
  carry(far, near, cutAfter, end)
})
server.listen(Number(port))

for await (const text of createInterface({ input: process.stdin })) {
  line = JSON.parse(text) as LineState
  cuts = [...line.cuts]
  if (cuts.length > 0) for (const end of ends) end()
  for (const wake of wakers) wake()
  process.stdout.write(`${JSON.stringify({ cutsMade } satisfies LineReport)}\n`)
}
server.close()
