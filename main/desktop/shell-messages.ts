/** What the shell says to the terminal process; a `screen` message carries the window's port. */
export type ShellMessage =
  | { readonly type: 'screen'; readonly screen: 'pos' | 'kitchen' }
  | { readonly type: 'stop' }

/** What the terminal process says to the shell: why it does not run. The shell then ends it. */
export interface Refusal {
  readonly type: 'refused'
  readonly reason: string
}

export function readRefusal(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  if (!('type' in data) || data.type !== 'refused' || !('reason' in data)) return undefined
  return typeof data.reason === 'string' ? data.reason : undefined
}

/** Reads a message from the shell; nothing for what it never says. */
export function readShellMessage(data: unknown): ShellMessage | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data)) return undefined
  if (data.type === 'stop') return { type: 'stop' }
  if (data.type !== 'screen' || !('screen' in data)) return undefined
  return data.screen === 'pos' || data.screen === 'kitchen'
    ? { type: 'screen', screen: data.screen }
    : undefined
}
