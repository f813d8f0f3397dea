import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildDesktop } from './build.ts'

/** The bundle is built anew for the test: an old one on the disk says nothing about the code. */
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aura-desktop-'))
  await buildDesktop(folder)
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

describe('the bundle of the desktop', () => {
  test('holds the three entries, and package.json starts the first', () => {
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['main.mjs', 'preload.cjs', 'terminal-entry.mjs']),
    )
    const { main } = JSON.parse(readFileSync('package.json', 'utf8')) as { main: string }
    expect(main).toBe('dist/desktop/main.mjs')
  })

  test('has a preload that is one plain script and asks for nothing but electron', () => {
    const code = readFileSync(join(folder, 'preload.cjs'), 'utf8')
    // A module would not parse as a script.
    expect(() => new Script(code)).not.toThrow()
    expect(code).not.toMatch(/\bimport\b/)
    expect([...code.matchAll(/require\(([^)]*)\)/g)].map((match) => match[1])).toEqual([
      '"electron"',
    ])
    expect(code).toContain('exposeInMainWorld')
  })

  test('the preload gives the page its flag and hands the port on', () => {
    const code = readFileSync(join(folder, 'preload.cjs'), 'utf8')
    const exposed: unknown[] = []
    const posted: unknown[] = []
    let receive: ((event: unknown) => void) | undefined
    const electron = {
      contextBridge: { exposeInMainWorld: (...args: unknown[]) => exposed.push(args) },
      ipcRenderer: {
        on(channel: string, listener: (event: unknown) => void) {
          if (channel === 'aura-port') receive = listener
        },
      },
    }
    new Script(`(require, window) => {${code}}`).runInThisContext()(() => electron, {
      postMessage: (...args: unknown[]) => posted.push(args),
    })
    expect(exposed).toEqual([
      ['aura', { isDesktop: true, readLogs: expect.any(Function) as unknown }],
    ])
    receive?.({ ports: ['the port'] })
    expect(posted).toEqual([[{ type: 'aura-port' }, '*', ['the port']]])
  })

  test('only the main process imports electron; the terminal has none in it', () => {
    expect(readFileSync(join(folder, 'main.mjs'), 'utf8')).toContain('from "electron"')
    const terminal = readdirSync(folder).filter((name) => !/^(main|preload)/.test(name))
    expect(terminal).toContain('terminal-entry.mjs')
    for (const name of terminal.filter((file) => file.endsWith('.mjs'))) {
      expect(readFileSync(join(folder, name), 'utf8'), name).not.toMatch(/from "electron"/)
    }
  })
})
