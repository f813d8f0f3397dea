import { connect, type Socket } from 'node:net'
import type { PrinterTrouble } from '../../protocol/paper.ts'
import { parseAddress } from '../../sync/address.ts'
import {
  CONNECT_TIMEOUT_MS,
  MAX_ANSWER_BYTES,
  PRINTED_TIMEOUT_MS,
  STATUS_TIMEOUT_MS,
  WRITE_TIMEOUT_MS,
} from './limits.ts'
import {
  ASK_OFFLINE_CAUSE,
  ASK_PAPER,
  ASK_PRINTER,
  ASK_WHEN_DONE,
  isDoneAnswer,
  isRealTimeAnswer,
  troubleIn,
} from './printer-status.ts'

/**
 * What became of a job.
 * - `printed`: `isConfirmed` where the printer said so itself; else all of it was handed over.
 * - `not_sent`: no byte of it was.
 * - `unknown`: some of it was, and nobody can say how much came out.
 */
export type PrintOutcome =
  | { readonly kind: 'printed'; readonly isConfirmed: boolean }
  | { readonly kind: 'not_sent'; readonly fault: PrinterTrouble }
  | { readonly kind: 'unknown'; readonly fault: PrinterTrouble }

export interface SocketLimits {
  readonly connectMs: number
  readonly statusMs: number
  readonly writeMs: number
  readonly printedMs: number
}

export const SOCKET_LIMITS: SocketLimits = {
  connectMs: CONNECT_TIMEOUT_MS,
  statusMs: STATUS_TIMEOUT_MS,
  writeMs: WRITE_TIMEOUT_MS,
  printedMs: PRINTED_TIMEOUT_MS,
}

interface SendOptions {
  readonly limits?: SocketLimits
  /** Breaks off, wherever it is. */
  readonly signal?: AbortSignal
}

/**
 * One job over one connection, as a printer with a single port wants it.
 *
 *     us                                printer
 *      │── DLE EOT 1, 2, 4 ───────────────▶│   how are you?
 *      │◀─ three bytes ────────────────────│   or silence: many never answer
 *      │── the job, GS r 1 ───────────────▶│
 *      │◀─ one byte ───────────────────────│   all before it has been printed
 *
 * Null bytes: only asks. Never rejects.
 */
export async function sendToPrinter(
  address: string,
  bytes: Uint8Array | null,
  { limits = SOCKET_LIMITS, signal }: SendOptions = {},
): Promise<PrintOutcome> {
  const target = parseAddress(address)
  if (target === null) return { kind: 'not_sent', fault: 'bad_address' }
  const line = await open(target, limits.connectMs, signal)
  if (line === null) return { kind: 'not_sent', fault: 'unreachable' }
  try {
    return await converse(line, bytes, limits)
  } finally {
    line.close()
  }
}

async function converse(
  line: Line,
  bytes: Uint8Array | null,
  limits: SocketLimits,
): Promise<PrintOutcome> {
  await line.write(ASK_PRINTER, ASK_OFFLINE_CAUSE, ASK_PAPER)
  const answers = await line.hear(isRealTimeAnswer, 3, limits.statusMs)
  const trouble = answers.length === 3 ? troubleIn(answers) : null
  if (trouble !== null) return { kind: 'not_sent', fault: trouble }
  if (line.isBroken()) return { kind: 'not_sent', fault: 'broke_off' }
  if (bytes === null) return { kind: 'printed', isConfirmed: false }
  const answersStatus = answers.length > 0
  const taken = answersStatus ? line.write(bytes, ASK_WHEN_DONE) : line.write(bytes)
  if (!(await within(taken, limits.writeMs))) return { kind: 'unknown', fault: 'broke_off' }
  if (!answersStatus) {
    if (!(await within(line.end(), limits.writeMs))) return { kind: 'unknown', fault: 'broke_off' }
    await line.gone(limits.statusMs)
    return { kind: 'printed', isConfirmed: false }
  }
  const [done] = await line.hear(isDoneAnswer, 1, limits.printedMs)
  if (done !== undefined) return { kind: 'printed', isConfirmed: true }
  if (line.isBroken()) return { kind: 'unknown', fault: 'broke_off' }
  await line.write(ASK_PRINTER, ASK_OFFLINE_CAUSE, ASK_PAPER)
  const after = await line.hear(isRealTimeAnswer, 3, limits.statusMs)
  return { kind: 'unknown', fault: troubleIn(after) ?? 'broke_off' }
}

interface Line {
  /** False: the connection broke before all was taken. */
  readonly write: (...parts: readonly Uint8Array[]) => Promise<boolean>
  /** So many bytes of a kind, or fewer when the time is over or the connection broke. */
  readonly hear: (
    isWanted: (byte: number) => boolean,
    count: number,
    timeoutMs: number,
  ) => Promise<number[]>
  /** Hands over what was written and says goodbye; false: the connection broke. */
  readonly end: () => Promise<boolean>
  readonly isBroken: () => boolean
  /** Lets the other side close first, for so long: what is on its way is not cut off. */
  readonly gone: (timeoutMs: number) => Promise<unknown>
  readonly close: () => void
}

function open(
  target: { readonly host: string; readonly port: number },
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Line | null> {
  const { promise, resolve } = Promise.withResolvers<Line | null>()
  const socket = connect({ ...target, ...(signal && { signal }) })
  socket.setNoDelay(true)
  const timer = setTimeout(() => socket.destroy(), timeoutMs)
  socket.once('connect', () => {
    clearTimeout(timer)
    resolve(lineOf(socket))
  })
  socket.once('close', () => {
    clearTimeout(timer)
    resolve(null)
  })
  // A refused or reset connection also closes, and that is what is looked at.
  socket.on('error', () => undefined)
  return promise
}

function lineOf(socket: Socket): Line {
  let heard: number[] = []
  let isClosed = false
  let wake: () => void = () => undefined
  socket.on('data', (chunk: Buffer) => {
    heard.push(...chunk.subarray(0, MAX_ANSWER_BYTES - heard.length))
    wake()
  })
  const closed = new Promise<false>((resolve) => {
    const onEnd = (): void => {
      isClosed = true
      wake()
      resolve(false)
    }
    socket.once('close', onEnd)
    socket.once('end', onEnd)
  })
  const written = (part: Uint8Array): Promise<boolean> =>
    new Promise((resolve) => socket.write(part, (error) => resolve(error == null)))

  return {
    write: (...parts) => Promise.race([written(Buffer.concat(parts)), closed]),
    hear: async (isWanted, count, timeoutMs) => {
      const found: number[] = []
      const { promise: isOver, resolve: over } = Promise.withResolvers<void>()
      const timer = setTimeout(over, timeoutMs)
      const look = (): void => {
        found.push(...heard.filter(isWanted))
        heard = []
        if (found.length >= count || isClosed) over()
      }
      wake = look
      look()
      await isOver
      clearTimeout(timer)
      wake = () => undefined
      return found.slice(0, count)
    },
    end: () =>
      Promise.race([
        new Promise<boolean>((resolve) => socket.end(() => resolve(true))),
        new Promise<false>((resolve) => socket.once('error', () => resolve(false))),
      ]),
    isBroken: () => isClosed,
    gone: (timeoutMs) => within(closed, timeoutMs),
    close: () => void socket.destroy(),
  }
}

/** False: it took too long, or came to nothing. */
async function within(work: Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => resolve(false), timeoutMs)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
