import { spawn } from 'node:child_process'

/**
 * Opens a page in the person's browser. Where there is none to open, or nobody to look (no display,
 * no terminal, CI), nothing happens: the addresses have been printed.
 */
export function openInBrowser(url: string): void {
  const opener = openerFor(process.platform)
  if (opener === null) return
  const [command = '', ...args] = opener
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.once('error', () => undefined)
  child.unref()
}

function openerFor(platform: NodeJS.Platform): string[] | null {
  if (process.env['CI'] !== undefined || !process.stdout.isTTY) return null
  if (platform === 'win32') return ['cmd', '/c', 'start', '']
  if (platform === 'darwin') return ['open']
  const hasDisplay =
    process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined
  return hasDisplay ? ['xdg-open'] : null
}
