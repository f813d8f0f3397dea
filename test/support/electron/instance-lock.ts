import { existsSync, readFileSync, rmSync, unlinkSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One holder per folder; whoever comes later leaves its arguments and is told to go. */
export function takeInstanceLock(
  folder: string,
  argv: readonly string[],
  onSecond: (argv: string[]) => void,
): boolean {
  const lock = join(folder, 'lock')
  const call = join(folder, 'second-instance.json')
  if (existsSync(lock) && isAlive(Number(readFileSync(lock, 'utf8')))) {
    writeFileSync(call, JSON.stringify(argv))
    return false
  }
  rmSync(call, { force: true })
  writeFileSync(lock, String(process.pid))
  const watcher = watch(folder, (_event, name) => {
    if (name !== 'second-instance.json' || !existsSync(call)) return
    const text = readFileSync(call, 'utf8')
    if (!text.endsWith(']')) return
    unlinkSync(call)
    onSecond(JSON.parse(text) as string[])
  })
  watcher.unref()
  return true
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
