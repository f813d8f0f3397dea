/** What the shell says to the terminal process; a `screen` message carries the window's port. */
export type ShellMessage =
  | { readonly type: 'screen'; readonly screen: 'pos' | 'kitchen' }
  | { readonly type: 'stop' }

/** Reads a message from the shell; nothing for what it never says. */
export function readShellMessage(data: unknown): ShellMessage | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data)) return undefined
  if (data.type === 'stop') return { type: 'stop' }
  if (data.type !== 'screen' || !('screen' in data)) return undefined
  return data.screen === 'pos' || data.screen === 'kitchen'
    ? { type: 'screen', screen: data.screen }
    : undefined
}
