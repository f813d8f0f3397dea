import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, resolve } from 'node:path'
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts'

/** The address of the screens inside Electron: `app://screens/pos.html`. */
export const SCHEME = 'app'
const HOST = 'screens'

/** The pages that a window of the shell may show. */
export type PageName = 'pos' | 'kitchen' | 'display' | 'logs'

export function pageUrl(page: PageName): string {
  return `${SCHEME}://${HOST}/${page}.html`
}

/** Whether a window may show this address: only the built screens, nothing else in the world. */
export function isOwnPage(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed?.protocol === `${SCHEME}:` && parsed.host === HOST
}

/** The file that an address stands for, or nothing where it leads out of `root`. */
export function fileOf(url: string, root: string): string | undefined {
  if (!isOwnPage(url)) return undefined
  const path = decode(new URL(url).pathname)
  if (path === undefined || path.includes('\0') || path.includes('\\')) return undefined
  const file = resolve(join(root, path))
  const inside = relative(resolve(root), file)
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return undefined
  return file
}

/** Answers a request of a window with a built file. */
export async function servePage(request: Request, root: string): Promise<Response> {
  if (request.method !== 'GET') return refuse(405)
  const file = fileOf(request.url, root)
  const type = file === undefined ? undefined : CONTENT_TYPES[extname(file)]
  if (file === undefined || type === undefined) return refuse(404)
  try {
    return new Response(await readFile(file), { headers: { ...HEADERS, 'content-type': type } })
  } catch {
    return refuse(404)
  }
}

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** What the build of the screens consists of. Any other kind of file is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: HEADERS })
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
