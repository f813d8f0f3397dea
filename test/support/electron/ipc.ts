import { serve } from './shell-side.ts'

type Handler = (...args: unknown[]) => unknown

const handlers = new Map<string, Handler>()
export const ipcMain = {
  handle: (channel: string, work: Handler) => void handlers.set(channel, work),
}

export async function invokeFrom(
  event: object,
  channel: string,
  args: unknown[],
): Promise<unknown> {
  const work = handlers.get(channel)
  if (work === undefined) throw new Error(`No handler registered for '${channel}'`)
  return work(event, ...args)
}
/** A call as a sender that never was a page of ours would make it. */
serve('invoke', invokeFrom)
