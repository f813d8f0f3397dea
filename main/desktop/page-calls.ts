import { isOwnPage, pageUrl } from './pages.ts'

/**
 * What a page may ask of the shell. Only the log window may ask anything, and only this: whoever
 * sends something else, or is not that page in a main frame of ours, is refused.
 */
export const PAGE_CALLS_CHANNEL = 'aura-shell'
export type PageCall = { readonly type: 'readLogs' }

export interface CallSender {
  readonly url: string
  readonly isMainFrame: boolean
}

export function readPageCall(sender: CallSender | null, data: unknown): PageCall {
  if (sender === null || !sender.isMainFrame || !isOwnPage(sender.url))
    throw new Error('refused: this page is not of the program')
  if (sender.url !== pageUrl('logs')) throw new Error('refused: this page may not ask for that')
  const keys = typeof data === 'object' && data !== null ? Object.keys(data) : []
  const isCall = keys.length === 1 && (data as { type?: unknown }).type === 'readLogs'
  if (!isCall) throw new Error('refused: nobody knows this call')
  return { type: 'readLogs' }
}
