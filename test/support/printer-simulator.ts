import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A network printer for the tests: a real TCP server that takes ESC/POS, lays the lines out as paper
 * and answers status as Epson's printers do. It can misbehave in the ways that real ones do.
 */
export interface PrinterSimulator {
  readonly address: string
  /** Everything that came out, cut by cut. A piece without a cut is what was printed since the last. */
  readonly papers: () => readonly SimulatedPaper[]
  /** Pulses to the drawer. */
  readonly pulses: () => number
  readonly connections: () => number
  readonly behave: (behaviour: Partial<Behaviour>) => void
  readonly close: () => Promise<void>
}

export interface SimulatedPaper {
  readonly lines: readonly SimulatedLine[]
  readonly wasCut: boolean
}

export interface SimulatedLine {
  readonly text: string
  readonly isBold: boolean
  readonly isInverted: boolean
  readonly width: number
  readonly height: number
}

interface Behaviour {
  /** False: many cheap printers never say how they are. */
  readonly answersStatus: boolean
  readonly isOutOfPaper: boolean
  readonly isCoverOpen: boolean
  /** The connection is reset as soon as so many lines have come out; null: never. */
  readonly breaksAfterLines: number | null
  /** Before it answers that all is out. */
  readonly printsForMs: number
}

const ESC = 0x1b
const GS = 0x1d
const FS = 0x1c
const DLE = 0x10
const LF = 0x0a

/** `port`: that of one before, to come back at its address. */
export async function startPrinter(port = 0): Promise<PrinterSimulator> {
  let behaviour: Behaviour = {
    answersStatus: true,
    isOutOfPaper: false,
    isCoverOpen: false,
    breaksAfterLines: null,
    printsForMs: 0,
  }
  const papers: SimulatedPaper[] = []
  let current: SimulatedLine[] = []
  let pulses = 0
  let connections = 0
  const sockets = new Set<Socket>()

  const server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    let waiting: number[] = []
    let style = plain
    let text: number[] = []
    /** A line looks as its first character does. */
    let lineStyle = plain
    socket.on('data', (chunk: Buffer) => {
      waiting.push(...chunk)
      for (;;) {
        const used = take(waiting)
        if (used === 0) return
        waiting = waiting.slice(used)
      }
    })

    /** Reads one command or character; 0: more bytes are needed. */
    function take(bytes: readonly number[]): number {
      const [first, second, third] = bytes
      if (first === undefined) return 0
      if (first === LF) return lineEnds()
      if (first !== ESC && first !== GS && first !== FS && first !== DLE) {
        if (text.length === 0) lineStyle = style
        text.push(first)
        return 1
      }
      if (second === undefined) return 0
      const name = String.fromCharCode(second)
      if (first === ESC && name === '@') {
        style = plain
        return 2
      }
      if (first === FS && name === '.') return 2
      if (third === undefined) return 0
      if (first === DLE) return answerNow(third)
      if (first === ESC && name === 'E') style = { ...style, isBold: third === 1 }
      else if (first === ESC && name === 'p') {
        if (bytes.length < 5) return 0
        pulses += 1
        return 5
      } else if (first === GS && name === '!') {
        style = { ...style, width: (third >> 4) + 1, height: (third & 7) + 1 }
      } else if (first === GS && name === 'B') style = { ...style, isInverted: third === 1 }
      else if (first === GS && name === 'V') {
        papers.push({ lines: current, wasCut: true })
        current = []
      } else if (first === GS && name === 'r') {
        if (behaviour.answersStatus && !behaviour.isOutOfPaper) void answerDone()
      } else if (!(first === ESC && (name === 'M' || name === 't'))) {
        throw new Error(`the simulator does not know ${first} ${name}`)
      }
      return 3
    }

    function lineEnds(): number {
      const { length } = text
      current.push({
        ...(length === 0 ? style : lineStyle),
        text: Buffer.from(text).toString('latin1'),
      })
      text = []
      if (behaviour.breaksAfterLines !== null && current.length >= behaviour.breaksAfterLines) {
        papers.push({ lines: current, wasCut: false })
        current = []
        socket.resetAndDestroy()
        return 0
      }
      return 1
    }

    function answerNow(question: number): number {
      if (!behaviour.answersStatus) return 3
      const isStopped = behaviour.isOutOfPaper || behaviour.isCoverOpen
      const bits =
        question === 1
          ? Number(isStopped) << 3
          : question === 2
            ? (Number(behaviour.isCoverOpen) << 2) | (Number(behaviour.isOutOfPaper) << 5)
            : Number(behaviour.isOutOfPaper) * 0b0110_0000
      socket.write(Uint8Array.of(0b0001_0010 | bits))
      return 3
    }

    async function answerDone(): Promise<void> {
      await sleep(behaviour.printsForMs)
      socket.write(Uint8Array.of(0))
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: taken } = server.address() as AddressInfo

  return {
    address: `127.0.0.1:${taken}`,
    papers: () =>
      current.some(({ text }) => text !== '')
        ? [...papers, { lines: current, wasCut: false }]
        : papers,
    pulses: () => pulses,
    connections: () => connections,
    behave: (change) => {
      behaviour = { ...behaviour, ...change }
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const plain = { isBold: false, isInverted: false, width: 1, height: 1 }

/** The words on a paper, line by line, without the empty ones. */
export const textsOf = ({ lines }: SimulatedPaper): string[] =>
  lines.map(({ text }) => text.trim()).filter((text) => text !== '')
