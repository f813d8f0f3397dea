import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createProcesses, findReadyLine, type Processes } from './processes.ts'

let processes: Processes

beforeEach(() => {
  processes = createProcesses()
})
afterEach(() => processes.close())

async function program(code: string): Promise<string> {
  const file = join(await processes.folder('program'), 'program.mjs')
  await writeFile(file, code)
  return file
}

/** Says that it is ready after it has started a child that would live on for a minute. */
const PARENT = `
import { spawn } from 'node:child_process'
const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' })
console.log('not json')
console.log(JSON.stringify({ ready: true, child: child.pid, port: 4711 }))
setTimeout(() => {}, 60000)
`

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // In a container nobody may fetch an orphan's status: it is dead, though its number is taken.
  const status = `/proc/${pid}/status`
  return !existsSync(status) || !readFileSync(status, 'utf8').includes('State:\tZ')
}

describe('processes for tests', () => {
  test('start waits for the ready line and hands it over', async () => {
    const one = await processes.start([], { program: await program(PARENT) })
    expect(one.ready).toMatchObject({ ready: true, port: 4711 })
    expect(isAlive(one.pid)).toBe(true)
    expect(await one.kill('SIGKILL')).toEqual({ status: null, signal: 'SIGKILL' })
    expect(isAlive(one.pid)).toBe(false)
  })

  test('close ends what a killed process left behind, and removes the folders', async () => {
    const folder = await processes.folder()
    const one = await processes.start([], { program: await program(PARENT) })
    const child = Number(one.ready['child'])
    await one.kill('SIGKILL')
    expect(isAlive(child)).toBe(true)
    await processes.close()
    await expect.poll(() => isAlive(child)).toBe(false)
    expect(existsSync(folder)).toBe(false)
  })

  test('a process that ends too early is told with what it said on stderr', async () => {
    const file = await program(`console.error('the disk is full'); process.exit(3)`)
    await expect(processes.start(['terminal'], { program: file })).rejects.toThrow(
      /`terminal` ended \(3\) before it was ready[^]*the disk is full/,
    )
  })

  test('a process that never gets ready is told with what it said on stderr', async () => {
    const file = await program(`console.error('still looking'); setTimeout(() => {}, 60000)`)
    await expect(processes.start([], { program: file, timeoutMs: 500 })).rejects.toThrow(
      /was not ready within 500 ms[^]*still looking/,
    )
  })

  test('run answers status and output, whatever the status is, and hands the input in', async () => {
    const file = await program(
      `let text = ''; for await (const chunk of process.stdin) text += chunk
       console.log(text + process.env.GREETED); process.exitCode = 2`,
    )
    const options = { program: file, input: 'hello ', env: { GREETED: 'cook' } }
    expect(await processes.run([], options)).toMatchObject({ status: 2, stdout: 'hello cook\n' })
  })

  test('a line that is still being written is not ready', () => {
    expect(findReadyLine('{"ready":true')).toBeUndefined()
    expect(findReadyLine('{"ready":false}\n')).toBeUndefined()
    expect(findReadyLine('{"ready":true,"api":"x"}\n')).toEqual({ ready: true, api: 'x' })
  })
})
