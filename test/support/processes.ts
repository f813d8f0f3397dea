import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Real processes for tests: `aura terminal`, `aura central` and the short commands, each in its
 * own process group, on folders that are gone afterwards. Ports are always 0: who listens says
 * in its ready line where.
 *
 *     const processes = createProcesses()
 *     afterAll(() => processes.close())
 *     const till = await processes.start(['terminal', '--data', folder, '--peer', '127.0.0.1:0'])
 */
export interface Processes {
  /** Starts a command that goes on running, and waits until it says that it is ready. */
  start(args: readonly string[], options?: StartOptions): Promise<RunningProcess>
  /** Runs a command to its end. Answers whatever its exit status is; throws only on a time-out. */
  run(args: readonly string[], options?: RunOptions): Promise<FinishedProcess>
  /** A fresh empty folder, removed by `close`. */
  folder(name?: string): Promise<string>
  /** Stops what still runs, with everything it started, and removes the folders. */
  close(): Promise<void>
}

export interface StartOptions {
  /** The program, where it is not `aura`: a path to a TypeScript or JavaScript file. */
  readonly program?: string
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
}

export interface RunOptions extends StartOptions {
  readonly input?: string
}

/** The one line that a process prints when it serves; `joining` in place of `ready` before it belongs. */
export interface ReadyLine {
  readonly [key: string]: unknown
}

export interface Exit {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

export interface RunningProcess {
  readonly pid: number
  readonly ready: ReadyLine
  readonly exited: Promise<Exit>
  stdout(): string
  stderr(): string
  /** Signals this process alone, as a crash or a user would, and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<Exit>
}

export interface FinishedProcess extends Exit {
  readonly stdout: string
  readonly stderr: string
}

/** `npm test` makes one of few files; from the sources it starts as well, only slower. */
const AURA =
  process.env['AURA_PROGRAM'] ?? fileURLToPath(new URL('../../main/cli/aura.ts', import.meta.url))
const READY_TIMEOUT_MS = 60_000
const RUN_TIMEOUT_MS = 60_000
const EXIT_TIMEOUT_MS = 30_000
/** How long `close` waits for an orderly end before it ends the whole group. */
const GRACE_MS = 10_000
const POLL_MS = 20
const SHOWN_CHARACTERS = 8_000

export function createProcesses(): Processes {
  const spawned = new Set<Spawned>()
  const folders: string[] = []

  // A test run that is stopped in the middle leaves nothing behind either.
  const killAll = () => spawned.forEach((one) => killGroup(one, 'SIGKILL'))
  process.once('exit', killAll)

  function launch(args: readonly string[], options: RunOptions): Spawned {
    const one = spawnInGroup(options.program ?? AURA, args, options)
    spawned.add(one)
    return one
  }

  return {
    async start(args, options = {}) {
      const one = launch(args, options)
      const ready = await untilReady(one, options.timeoutMs ?? READY_TIMEOUT_MS)
      return {
        pid: one.pid,
        ready,
        exited: one.exited,
        stdout: one.stdout,
        stderr: one.stderr,
        async kill(signal = 'SIGTERM') {
          one.child.kill(signal)
          return await within(EXIT_TIMEOUT_MS, one.exited, () => one.describe('did not end'))
        },
      }
    },

    async run(args, options = {}) {
      const one = launch(args, options)
      const timeoutMs = options.timeoutMs ?? RUN_TIMEOUT_MS
      const exit = await within(timeoutMs, one.exited, () => one.describe('did not end'))
      return { ...exit, stdout: one.stdout(), stderr: one.stderr() }
    },

    async folder(name = 'data') {
      const folder = await mkdtemp(join(tmpdir(), `aura-${name}-`))
      folders.push(folder)
      // A PostgreSQL started by root runs as another user, who has to get through to its folder.
      await chmod(folder, 0o711)
      return folder
    },

    async close() {
      await Promise.all([...spawned].map(stopGroup))
      process.removeListener('exit', killAll)
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
    },
  }
}

interface Spawned {
  readonly child: ChildProcess
  readonly pid: number
  readonly exited: Promise<Exit>
  stdout(): string
  stderr(): string
  describe(what: string): string
}

function spawnInGroup(program: string, args: readonly string[], options: RunOptions): Spawned {
  const child = spawn(process.execPath, [program, ...args], {
    detached: true,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  // A process that ends before it has read its input breaks the pipe; its exit tells the story.
  child.stdin.on('error', () => {}).end(options.input ?? '')
  const { promise: exited, resolve } = Promise.withResolvers<Exit>()
  child.on('error', (error) => {
    stderr += error.message
    resolve({ status: null, signal: null })
  })
  // A grandchild may hold the pipes open for long: the exit counts, with what was said until then.
  child.on('exit', (status, signal) => setTimeout(() => resolve({ status, signal }), POLL_MS))
  child.on('close', (status, signal) => resolve({ status, signal }))
  return {
    child,
    pid: child.pid ?? 0,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
    describe: (what) =>
      `\`${args.join(' ')}\` ${what}.\nstdout: ${stdout.slice(-SHOWN_CHARACTERS)}\n` +
      `stderr: ${stderr.slice(-SHOWN_CHARACTERS)}`,
  }
}

async function untilReady(one: Spawned, timeoutMs: number): Promise<ReadyLine> {
  let over: Exit | undefined
  void one.exited.then((exit) => (over = exit))
  const deadlineMs = performance.now() + timeoutMs
  for (;;) {
    const ready = findReadyLine(one.stdout())
    if (ready !== undefined) return ready
    if (over !== undefined)
      throw new Error(one.describe(`ended (${over.signal ?? over.status}) before it was ready`))
    if (performance.now() > deadlineMs)
      throw new Error(one.describe(`was not ready within ${timeoutMs} ms`))
    await sleep(POLL_MS)
  }
}

export function findReadyLine(stdout: string): ReadyLine | undefined {
  // What follows the last line break is a line still being written.
  for (const line of stdout.split('\n').slice(0, -1)) {
    if (!line.startsWith('{')) continue
    const value: unknown = JSON.parse(line)
    if (isReadyLine(value)) return value
  }
  return undefined
}

function isReadyLine(value: unknown): value is ReadyLine {
  if (typeof value !== 'object' || value === null) return false
  return (
    ('ready' in value && value.ready === true) || ('joining' in value && value.joining === true)
  )
}

async function stopGroup(one: Spawned): Promise<void> {
  if (one.child.exitCode === null && one.child.signalCode === null) {
    one.child.kill('SIGTERM')
    await Promise.race([one.exited, sleep(GRACE_MS)])
  }
  killGroup(one, 'SIGKILL')
  await one.exited
}

/** Ends the process and whatever it started that is still there. */
function killGroup(one: Spawned, signal: NodeJS.Signals): void {
  if (one.pid === 0) return
  try {
    process.kill(-one.pid, signal)
  } catch (error) {
    // ESRCH: nobody is left in the group, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function within<T>(timeoutMs: number, promise: Promise<T>, describe: () => string) {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    reject(new Error(`${describe()}\n(waited ${timeoutMs} ms)`))
  }, timeoutMs)
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
