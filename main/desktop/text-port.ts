import type { ScreenPort } from '../terminal/terminal.ts'

/**
 * The screens speak JSON texts, whatever carries them; the terminal's ports carry the messages
 * themselves. This stands between the two. What is no JSON arrives as nothing, which no message is.
 */
export function textPort(port: ScreenPort): ScreenPort {
  return {
    postMessage: (message) => port.postMessage(JSON.stringify(message)),
    on(event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) {
      if (event === 'close') port.on('close', () => listener({ data: undefined }))
      else port.on('message', ({ data }) => listener({ data: parse(data) }))
    },
    start: () => port.start(),
    close: () => port.close(),
  }
}

function parse(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
