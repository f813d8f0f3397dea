import { execFile } from 'node:child_process'
import { chownSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/**
 * PostgreSQL refuses to run as root. Where the centre runs as root, PostgreSQL's programs run as the
 * system user `postgres` (made where there is none); everywhere else as whoever runs the centre.
 */
export interface ServiceUser {
  /** Runs a program to its end; throws with what it printed where that is not success. */
  readonly run: (program: string, args: readonly string[]) => Promise<void>
  readonly giveFile: (path: string) => void
}

const USER = 'postgres'
const runFile = promisify(execFile)

/** `reaches`: the paths that the programs have to get to. */
export async function findServiceUser(
  cwd: string,
  reaches: readonly string[],
): Promise<ServiceUser> {
  if (process.getuid?.() !== 0) {
    return { run: (program, args) => run(program, args, { cwd }), giveFile: () => {} }
  }
  const { uid, gid } = await findOrMakeUser()
  const giveFile = (path: string): void => chownSync(path, uid, gid)
  if (reaches.every((path) => isReachableBy(path, uid, gid))) {
    return { run: (program, args) => run(program, args, { cwd, uid, gid }), giveFile }
  }
  return {
    run: (program, args) =>
      run('setpriv', [...passingFolders(uid, gid), program, ...args], { cwd }),
    giveFile,
  }
}

/**
 * Folders of root's own (a checkout in /root, a data folder in a private one) let no other user
 * through. Rather than opening them to everybody, this one process keeps root's right to pass.
 * `no_setuid_fixup` has access(2), by which PostgreSQL looks for its own programs, honour that.
 */
const passingFolders = (uid: number, gid: number): string[] => [
  `--reuid=${uid}`,
  `--regid=${gid}`,
  '--clear-groups',
  '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
]

/** Whether a user gets through every folder above a path and into it. */
function isReachableBy(path: string, uid: number, gid: number): boolean {
  const { mode, uid: owner, gid: group } = statSync(path)
  const shift = owner === uid ? 6 : group === gid ? 3 : 0
  if (((mode >> shift) & 1) === 0) return false
  return path === dirname(path) || isReachableBy(dirname(path), uid, gid)
}

async function findOrMakeUser(): Promise<{ uid: number; gid: number }> {
  try {
    return await findUser()
  } catch {
    await run('groupadd', ['--system', '--force', USER], {})
    const options = ['--system', '--gid', USER, '--no-create-home', '--home-dir', '/']
    await run('useradd', [...options, USER], {})
    return await findUser()
  }
}

async function findUser(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([runFile('id', ['-u', USER]), runFile('id', ['-g', USER])])
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

async function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly uid?: number; readonly gid?: number },
): Promise<void> {
  // What PGDATA, PGPORT and the like say is about another server than ours.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('PG')),
  )
  try {
    await runFile(program, args, { ...options, env: { ...env, LC_ALL: 'C' } })
  } catch (error) {
    const { stderr, stdout, message } = error as Error & { stderr?: string; stdout?: string }
    const said = [stderr, stdout].map((text) => text?.trim()).find((text) => text)
    throw new Error(`${program} failed: ${said ?? message}`, { cause: error })
  }
}
