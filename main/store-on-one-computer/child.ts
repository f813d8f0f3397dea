import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const AURA = join(import.meta.dirname, '../cli/aura.ts')
const STOP_TIMEOUT_MS = 10_000

/** Runs `aura` to its end and gives what it printed. Throws with what it complained about. */
export async function runAura(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [...process.execArgv, AURA, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === 0) return stdout.trim()
  throw new Error(`aura ${args[0]} ${args[1]}: ${stderr.trim()}`)
}

export interface Running<Ready> {
  readonly ready: Ready
  readonly stop: () => Promise<void>
}

export interface RunOptions {
  /** Where its log goes: a stream for each child, so that the terminal stays readable. */
  readonly log: NodeJS.WritableStream
  readonly onUnexpectedEnd: (reason: string) => void
}

/** Starts a long-running `aura` and waits for its ready line. */
export async function startAura<Ready>(
  args: readonly string[],
  options: RunOptions,
): Promise<Running<Ready>> {
  const child = spawn(process.execPath, [...process.execArgv, AURA, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C reaches the parent, which stops its children in order.
    detached: true,
  })
  child.stderr.pipe(options.log, { end: false })
  let isStopping = false
  const ready = await readyLine<Ready>(child, args)
  child.once('exit', (code, signal) => {
    if (!isStopping) options.onUnexpectedEnd(`ended with ${signal ?? `exit status ${code}`}`)
  })
  return {
    ready,
    stop: async () => {
      isStopping = true
      await end(child)
    },
  }
}

function readyLine<Ready>(
  child: ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream },
  args: readonly string[],
): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const tail: string[] = []
    child.stderr.on('data', (chunk: Buffer) => {
      tail.push(chunk.toString())
      tail.splice(0, tail.length - 20)
    })
    child.once('exit', (code) =>
      reject(new Error(`aura ${args[0]} ended with ${code}: ${tail.join('').trim()}`)),
    )
    createInterface({ input: child.stdout }).once('line', (line) => {
      try {
        resolve(JSON.parse(line) as Ready)
      } catch {
        reject(new Error(`aura ${args[0]} said "${line}" where its ready line was expected`))
      }
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  child.kill('SIGTERM')
  await once(child, 'exit')
  clearTimeout(late)
}
