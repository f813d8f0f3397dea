import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import { spawnSync, fork } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { buildDesktop } from '../../main/desktop/build.ts'
import { assertNodeVersion } from '../../main/node-version.ts'
import { createProcesses, findReadyLine } from '../support/processes.ts'
import { writeStandInDist } from './stand-in-dist.ts'

/**
 * `npm run dist:check`: builds the unpacked Linux program offline, with a stand-in for Electron's
 * binary; looks at what is in it and what is not; then starts the terminal process from inside its
 * archive on plain Node, sells an order over REST and verifies the store.
 *
 * What it does not show is Electron itself: that a window opens, and that the archive's hash is
 * checked. docs/never-run.md has the command for each.
 */
const ROOT = join(import.meta.dirname, '..', '..')
/** The archive without Electron: code, screens and one package's lists of functions. */
const MOST_BYTES = 8_000_000
const MOST_UNPACKED_BYTES = 4_000_000
const READY_MS = 60_000

assertNodeVersion()
const work = mkdtempSync(join(tmpdir(), 'aura-dist-'))
try {
  await checkAll()
  say('all is as it should be')
} finally {
  rmSync(work, { recursive: true, force: true })
}

async function checkAll(): Promise<void> {
  const out = await pack()
  const resources = join(out, 'resources')
  checkContents(resources)
  await checkFuses(join(out, 'auraconnect-pos'))
  await sellFromInside(join(resources, 'app.asar'))
}

async function pack(): Promise<string> {
  run('node_modules/vite/bin/vite.js', 'build', 'renderer')
  await buildDesktop(join(ROOT, 'dist', 'desktop'))
  const dist = join(work, 'electron')
  mkdirSync(dist)
  await writeStandInDist(dist, electronVersion())
  const builder = 'node_modules/electron-builder/out/cli/cli.js'
  const set = (name: string, value: string): string => `-c.${name}=${value}`
  const places = [set('electronDist', dist), set('directories.output', join(work, 'out'))]
  run(builder, '--linux', 'dir', `--${process.arch}`, '--publish', 'never', ...places)
  const [folder] = globSync('linux*-unpacked', { cwd: join(work, 'out') })
  ok(folder !== undefined, 'electron-builder made no unpacked folder')
  say(`packed for ${process.platform}-${process.arch}`)
  return join(work, 'out', folder)
}

function electronVersion(): string {
  const { version } = JSON.parse(
    readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8'),
  ) as { readonly version: string }
  return version
}

function run(program: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, AURA_UPDATE_URL: 'https://updates.invalid' },
  })
  if (status !== 0) throw new Error(`${program} ended with ${status}\n${stdout}\n${stderr}`)
}

function checkContents(resources: string): void {
  const archive = join(resources, 'app.asar')
  const names = listPackage(archive, { isPack: false })
  for (const name of ['main.mjs', 'preload.cjs', 'terminal-entry.mjs'])
    ok(names.includes(`/dist/desktop/${name}`), `${name} is not in the archive`)
  for (const page of globSync('*.html', { cwd: join(ROOT, 'renderer') }))
    ok(names.includes(`/dist/renderer/${page}`), `the screen ${page} is not in the archive`)
  for (const folder of ['desktop', 'renderer'])
    ok(names.includes(`/dist/${folder}/licenses.md`), `the licences of ${folder} are not packed`)
  const tops = names.filter((name) => name.lastIndexOf('/') === 0).toSorted()
  deepStrictEqual(tops, ['/dist', '/node_modules', '/package.json'])
  const packages = names.filter((name) => /^\/node_modules\/[^/]+$/.test(name))
  deepStrictEqual(packages, ['/node_modules/better-sqlite3'])
  const foreign = names.filter((name) =>
    /\.(ts|tsx|map|c|cpp|h|gyp)$|\.test\.|\.key$|\.env/.test(name),
  )
  deepStrictEqual(foreign, [], 'sources, tests or secrets are in the archive')
  const native = globSync('**/*.node', { cwd: `${archive}.unpacked` })
  const own = `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`
  deepStrictEqual(native, [own], 'native code of another platform is packed')
  deepStrictEqual(
    names.filter((name) => name.endsWith('.node')),
    [`/${own}`],
  )
  const bytes = statSync(archive).size
  ok(bytes < MOST_BYTES, `the archive has ${bytes} bytes, more than ${MOST_BYTES}`)
  const unpackedBytes = statSync(join(`${archive}.unpacked`, own)).size
  ok(unpackedBytes < MOST_UNPACKED_BYTES, `native code has ${unpackedBytes} bytes`)
  ok(existsSync(join(resources, 'app-update.yml')), 'where updates lie is not packed')
  say(`${names.length} names in an archive of ${(bytes / 1e6).toFixed(1)} MB, nothing foreign`)
}

async function checkFuses(binary: string): Promise<void> {
  const wire = await getCurrentFuseWire(binary)
  const on = [
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
  ]
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ]
  for (const fuse of on) strictEqual(wire[fuse], FuseState.ENABLE, FuseV1Options[fuse])
  for (const fuse of off) strictEqual(wire[fuse], FuseState.DISABLE, FuseV1Options[fuse])
  say('fuses flipped in the wire of the stand-in binary and read back')
}

/** The terminal process as the shell forks it, with what Electron gives it stood in for. */
async function sellFromInside(archive: string): Promise<void> {
  const processes = createProcesses()
  const data = join(work, 'till')
  const aura = async (...args: string[]): Promise<string> => {
    const done = await processes.run([...args, '--data', data])
    strictEqual(done.status, 0, done.stderr)
    return done.stdout.trim()
  }
  try {
    await aura('store', 'create', '--name', 'Corner', '--demo')
    const token = await aura('token', '--role', 'manager', '--label', 'dist')
    const hooks = ['../support/electron/inside-utility.ts', './asar-hooks.ts']
    const execArgv = hooks.flatMap((name) => ['--import', new URL(name, import.meta.url).href])
    const args = ['--data', data, '--peer', '127.0.0.1:0', '--no-discovery']
    const child = fork(join(archive, 'dist', 'desktop', 'terminal-entry.mjs'), args, {
      execArgv,
      // Nothing of the house can be found from here by accident.
      cwd: work,
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    const exited = once(child, 'exit')
    try {
      let said = ''
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
      const endMs = performance.now() + READY_MS
      while (findReadyLine(said) === undefined) {
        ok(child.exitCode === null, 'the packed terminal ended before it was ready')
        ok(performance.now() < endMs, 'the packed terminal was not ready in time')
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      const sold = await fetch(`${String(findReadyLine(said)?.['api'])}/api/v1/orders`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          order_type: 'takeout',
          items: [{ menu_item_id: 'burger-classic', quantity: 2 }],
        }),
      })
      strictEqual(sold.status, 201)
      const { order_number: number } = (await sold.json()) as { readonly order_number: string }
      child.send({ said: { data: { type: 'stop' }, ports: [] } })
      deepStrictEqual(await exited, [0, null])
      say(`the terminal inside the archive sold ${number}`)
    } finally {
      child.kill('SIGKILL')
    }
    say(await aura('verify'))
  } finally {
    await processes.close()
  }
}

function say(words: string): void {
  process.stdout.write(`${words}\n`)
}
