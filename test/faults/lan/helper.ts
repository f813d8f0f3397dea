import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Lan } from './lan.ts'

/** A program of ours on a host of the network: one JSON line in, one JSON line out. */
export interface Helper {
  readonly ask: <Answer>(request: object) => Promise<Answer>
  readonly stop: () => Promise<void>
}

export function startHelper(
  lan: Lan,
  host: string,
  script: string,
  ...args: readonly (string | number)[]
): Helper {
  const [command = '', ...rest] = [...lan.on(host), process.execPath, script, ...args.map(String)]
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })
  return {
    ask: async <Answer>(request: object) => {
      child.stdin.write(`${JSON.stringify(request)}\n`)
      const [line] = (await once(answers, 'line')) as [string]
      return JSON.parse(line) as Answer
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
