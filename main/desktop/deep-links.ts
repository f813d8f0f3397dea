/** Addresses such as `aura://kitchen` that other programs, or a shortcut, open the shell with. */
export const LINK_PROTOCOL = 'aura'
export const LINK_SCHEME = `${LINK_PROTOCOL}://`

export type Link = 'pos' | 'kitchen' | 'display' | 'office' | 'logs'

const LINKS: ReadonlyMap<string, Link> = new Map([
  ['till', 'pos'],
  ['kitchen', 'kitchen'],
  ['display', 'display'],
  ['office', 'office'],
  ['logs', 'logs'],
])

/**
 * What a link asks for. Anybody can write one, so it names a window and nothing more: whatever
 * stands behind the name makes it no link of ours.
 */
export function readLink(url: string): Link | null {
  if (!url.startsWith(LINK_SCHEME)) return null
  return LINKS.get(url.slice(LINK_SCHEME.length).replace(/\/$/, '')) ?? null
}

/** The last link on a command line: a second start hands its own to the first. */
export function linkIn(argv: readonly string[]): Link | null {
  return argv.map(readLink).findLast((link) => link !== null) ?? null
}
