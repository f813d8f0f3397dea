import { spawnSync } from 'node:child_process'
import { accessSync, constants, createReadStream, createWriteStream, existsSync } from 'node:fs'
import { lstat, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'

/**
 * A real Chromium for tests, on a machine where nothing was installed for it.
 *
 * The system's own browser is taken where there is one. Everywhere else one comes out of the
 * package `@sparticuz/chromium`, a headless Chromium inside an npm tarball, together with the
 * libraries and fonts that a bare Linux lacks. It is unpacked once per user and version.
 */
export async function launchBrowser(): Promise<Browser> {
  const system = findSystemBrowser(process.env.PATH ?? '')
  if (system !== undefined) {
    try {
      return await launch(system, {})
    } catch {
      // A stand-in that only tells where to get a browser is called `chromium` on some systems.
    }
  }
  if (process.platform !== 'linux') return await chromium.launch({ channel: 'chrome', args: QUIET })
  return await launchPackagedBrowser()
}

/** The browser that comes with the packages, whatever else is on this machine. */
export async function launchPackagedBrowser(): Promise<Browser> {
  const folder = await unpackBrowser()
  return await launch(join(folder, 'chromium'), {
    // For the browser alone: nothing else is to find these libraries.
    LD_LIBRARY_PATH: join(folder, 'lib'),
    ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: folder }),
  })
}

const BROWSER_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const LAUNCH_TIMEOUT_MS = 60_000

/** Nobody is called from a test but the loopback. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-domain-reliability',
  '--disable-gpu',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  // Root has no sandbox at all, and many containers allow none to anybody.
  '--no-sandbox',
]

async function launch(executablePath: string, env: Record<string, string>): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    args: QUIET,
    env: { ...process.env, ...env },
    headless: true,
    timeout: LAUNCH_TIMEOUT_MS,
  })
}

export function findSystemBrowser(path: string): string | undefined {
  const candidates = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => BROWSER_NAMES.map((name) => join(folder, name)))
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Answers the folder with `chromium`, `lib/` and `fonts/`; makes it where it is not there yet. */
async function unpackBrowser(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const home = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as {
    version: string
  }
  const { uid } = userInfo()
  const folder = join(tmpdir(), `auraconnect-chromium-${uid}-${version}`)
  if (existsSync(folder)) {
    // The folder for temporary files is everybody's: run nothing that somebody else put there.
    const owner = (await lstat(folder)).uid
    if (owner !== uid) throw new Error(`${folder} belongs to user ${owner}, not to ${uid}`)
    return folder
  }
  // Made aside and moved as a whole, so that nobody ever starts half a browser.
  const aside = await mkdtemp(`${folder}-`)
  try {
    await pipeline(
      createReadStream(join(home, 'bin', 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(aside, 'chromium'), { mode: 0o700 }),
    )
    await unpackTar(join(home, 'bin', 'al2023.tar.br'), aside)
    await unpackTar(join(home, 'bin', 'fonts.tar.br'), aside)
    // The one in the package names folders of another machine.
    await writeFile(join(aside, 'fonts.conf'), fontsConf(join(folder, 'fonts')))
    await rename(aside, folder)
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    // Two test files may start at once: the second finds the work done.
    if (!existsSync(folder)) throw error
  }
  return folder
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <cachedir>${folder}-cache</cachedir>
</fontconfig>
`
}

async function unpackTar(file: string, into: string): Promise<void> {
  const tar = brotliDecompressSync(await readFile(file))
  const { status, stderr, error } = spawnSync('tar', ['-x', '-o', '-f', '-', '-C', into], {
    input: tar,
  })
  if (status !== 0) throw new Error(`${file} was not unpacked: ${error?.message ?? String(stderr)}`)
}
