import type { RawData } from 'ws'
import type { CustomerKey, KeyChange, KeyExchange } from '../domain/customer-keys.ts'
import type { EntryLog, Frontier } from '../domain/log.ts'
import { FRAME_TARGET_BYTES, MAX_BUFFERED_BYTES } from '../protocol/limits.ts'
import { protocolOf, type PeerFrame } from '../protocol/peer.ts'
import { bytesToFrame, frameToBytes } from './frame-bytes.ts'
import { CLOSE_WAIT_MS } from './limits.ts'
import { messageOf, type Logger } from './logger.ts'
import { createFrameLine } from './frame-line.ts'
import type { Patience } from './patience.ts'
import type { MemberSocket } from './peer-server.ts'
import { createSessionRunner, openedOn } from './session-runner.ts'
import { newSession, type CloseCode, type PeerSession, type SessionSelf } from './session-state.ts'

/** One socket with one session on it, from its opening to its end. */
export interface PeerLink {
  readonly deviceId: string
  readonly dialledByUs: boolean
  /** Which call of the dialling process this is: a later one has a higher number. */
  readonly dialNumber: number
  readonly session: () => PeerSession
  readonly localAdvanced: (ownOrigin: string, frontier: Frontier, keptAside: boolean) => void
  readonly keysChanged: (change: KeyChange) => void
  readonly tick: () => void
  readonly end: (code: CloseCode, reason: string) => void
}

/** `lost`: the socket went away without a word. */
export type LinkEnd = CloseCode | 'lost'

export interface LinkDeps {
  readonly member: MemberSocket
  readonly dialledByUs: boolean
  readonly dialNumber: number
  readonly self: SessionSelf
  readonly log: EntryLog
  readonly keys: KeyExchange | null
  readonly wallMs: () => number
  readonly monotonicMs: () => number
  readonly logger: Logger
  readonly whenMayIngest: (job: () => void) => void
  readonly whenMayReadMuch: (job: () => void) => void
  /** With this member, on all its connections. */
  readonly patience: Patience
  /** The hello of the other side has been accepted. */
  readonly onOpen: (link: PeerLink) => void
  /** Called once. */
  readonly onEnd: (link: PeerLink, code: LinkEnd, reason: string) => void
}

export function createPeerLink(deps: LinkDeps): PeerLink {
  const { member, log, logger } = deps
  const { socket } = member
  let ended = false
  let greeted = false
  let broughtNews = false
  let delayedRead: (() => void) | null = null

  const runner = createSessionRunner({
    session: newSession(deps.self),
    log: { ...log, ingest },
    ...(deps.keys && { keys: { ...deps.keys, take: takeKeys } }),
    nowMs: deps.monotonicMs,
    send,
    close: finish,
    whenMayRead,
    whenMayIngest: (job) => deps.whenMayIngest(() => guarded(job)),
    onStorageError: (error) =>
      logger.error('the log failed under a peer session', { error: messageOf(error) }),
  })

  const link: PeerLink = {
    deviceId: member.deviceId,
    dialledByUs: deps.dialledByUs,
    dialNumber: deps.dialNumber,
    session: runner.state,
    localAdvanced: (ownOrigin, frontier, keptAside) =>
      feed(() => {
        const nowMs = deps.monotonicMs()
        return { type: 'localAdvanced', nowMs, ownOrigin, frontier, keptAside }
      }),
    keysChanged: (change) =>
      feed(() => ({ type: 'keysChanged', nowMs: deps.monotonicMs(), ...change })),
    tick() {
      readIfRoom()
      feed(() => ({ type: 'tick', nowMs: deps.monotonicMs(), wallMs: deps.wallMs() }))
    },
    end: (code, reason) =>
      feed(() => ({ type: 'stopped', nowMs: deps.monotonicMs(), code, reason })),
  }

  function feed(input: () => Parameters<typeof runner.feed>[0]): void {
    if (ended) return
    guarded(() => runner.feed(input()))
    if (!greeted && !ended && runner.state().phase === 'open') {
      greeted = true
      deps.onOpen(link)
    }
  }

  /** A fault in here costs this link, not the process. */
  function guarded(job: () => void): void {
    try {
      job()
    } catch (error) {
      logger.error('a peer session failed', { error: messageOf(error) })
      finish('misbehaved', 'it failed here')
    }
  }

  function send(frame: PeerFrame): void {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      finish('misbehaved', 'it does not read what it is sent')
      socket.terminate()
      return
    }
    const room = frame.type === 'entries' ? () => readIfRoom() : undefined
    socket.send(frameToBytes(frame), { binary: true }, room)
  }

  /** Entries are read only for a socket that is getting rid of what it has (rule P3). */
  function whenMayRead(job: () => void, isMuch: boolean): void {
    const inTurn = isMuch ? () => deps.whenMayReadMuch(() => ended || guarded(job)) : job
    if (socket.bufferedAmount <= FRAME_TARGET_BYTES) inTurn()
    else delayedRead = inTurn
  }

  function readIfRoom(): void {
    const job = delayedRead
    if (job === null || ended || socket.bufferedAmount > FRAME_TARGET_BYTES) return
    delayedRead = null
    guarded(job)
  }

  function finish(code: LinkEnd, reason: string): void {
    if (ended) return
    ended = true
    delayedRead = null
    line.end()
    if (code === 'silent') member.reset()
    else socket.close()
    const cut = setTimeout(() => socket.terminate(), CLOSE_WAIT_MS)
    socket.once('close', () => clearTimeout(cut))
    deps.onEnd(link, code, reason)
  }

  function opened(): void {
    feed(() => openedOn(log, deps.monotonicMs(), protocolOf(socket.protocol)))
  }

  const line = createFrameLine({
    patience: deps.patience,
    monotonicMs: deps.monotonicMs,
    take,
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    onNoPatienceLeft: () => link.end('misbehaved', 'it keeps us busy with what is of no use'),
  })

  function take({
    data,
    isBinary,
  }: {
    readonly data: Buffer
    readonly isBinary: boolean
  }): boolean {
    if (ended) return false
    const frame = isBinary ? bytesToFrame(data) : null
    if (frame?.type === 'hello' && frame.deviceId !== member.deviceId) {
      link.end('misbehaved', 'it names another device than its key')
      return true
    }
    const { inFlight } = runner.state()
    const isAnswer = frame?.type === 'ack' && inFlight.some((sent) => sent.frame === frame.frame)
    const wallMs = deps.wallMs()
    broughtNews = false
    feed(() => ({ type: 'frameReceived', nowMs: deps.monotonicMs(), wallMs, frame }))
    return !isAnswer && !broughtNews
  }

  /** Perhaps within `take`, perhaps later, when the other peers have had their turn. */
  function ingest(ranges: Parameters<EntryLog['ingest']>[0]): ReturnType<EntryLog['ingest']> {
    const report = log.ingest(ranges)
    if (report.accepted === 0) return report
    broughtNews = true
    deps.patience.restore()
    // Not within this commit: whoever waits in the line may bring the next one.
    setImmediate(line.wake)
    return report
  }

  function takeKeys(keys: readonly CustomerKey[]): boolean {
    const isNews = deps.keys?.take(keys) === true
    if (!isNews) return false
    broughtNews = true
    deps.patience.restore()
    return true
  }

  let lastError = 'the connection was lost'
  socket.on('error', (error) => {
    lastError = messageOf(error)
  })
  socket.on('close', () => finish('lost', lastError))
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (!ended) line.push({ data: data as Buffer, isBinary })
  })
  if (socket.readyState === socket.OPEN) opened()
  else socket.on('open', opened)
  return link
}
