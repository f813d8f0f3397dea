import type { FastifyInstance } from 'fastify'
import type { Answered } from './oracle.ts'
import type { FuzzRequest } from './request.ts'

/** Requests without a socket: a device's own code is what is asked, as fast as it answers. */
export async function askInProcess(
  app: Pick<FastifyInstance, 'inject'>,
  { method, url, headers, payload }: FuzzRequest,
  isStream: boolean,
): Promise<Answered> {
  const leaving = new AbortController()
  const response = await app.inject({
    method,
    url,
    headers,
    ...(payload !== undefined && { payload }),
    ...(isStream && { payloadAsStream: true, signal: leaving.signal }),
  })
  const type = String(response.headers['content-type'] ?? '')
  if (isStream && type.startsWith('text/event-stream')) {
    // As a listener goes: without a word.
    response.stream().on('error', () => undefined)
    leaving.abort()
    return { status: response.statusCode, type, text: '' }
  }
  const text = isStream ? await textOf(response.stream()) : response.payload
  const { location } = response.headers
  return { status: response.statusCode, type, text, ...(location && { location }) }
}

async function textOf(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = ''
  for await (const part of stream) text += part.toString()
  return text
}
