import { Agent, request as requestHttp, type IncomingMessage } from 'node:http'
import type { Answered } from './oracle.ts'
import type { FuzzRequest } from './request.ts'

/** Requests as they go over a socket, a little broken ones among them. */
export interface HttpAsker {
  readonly ask: (request: FuzzRequest, isStream: boolean) => Promise<Answered>
  readonly close: () => void
}

/** Of a stream, how it begins is all that is read. */
export function createHttpAsker(api: string): HttpAsker {
  const { hostname, port } = new URL(api)
  const agent = new Agent({ keepAlive: true })

  function ask(asked: FuzzRequest, isStream: boolean): Promise<Answered> {
    const { method, headers, payload } = asked
    const body = Buffer.from(payload ?? '')
    const { promise, resolve, reject } = Promise.withResolvers<Answered>()
    const onResponse = (response: IncomingMessage): void => {
      const { statusCode: status = 0, headers: answered } = response
      const type = String(answered['content-type'] ?? '')
      const told = { status, type, ...(answered.location && { location: answered.location }) }
      if (isStream && type.startsWith('text/event-stream')) {
        response.on('error', () => undefined).destroy()
        return resolve({ ...told, text: '' })
      }
      const parts: Buffer[] = []
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => resolve({ ...told, text: Buffer.concat(parts).toString() }))
        .on('error', reject)
    }
    const sent = requestHttp(
      {
        ...{ hostname, port, method, agent },
        path: asciiPath(asked.url),
        headers: { ...headers, ...(payload !== undefined && { 'content-length': body.length }) },
      },
      onResponse,
    )
    sent.on('error', reject).end(payload === undefined ? undefined : body)
    return promise
  }

  return { ask, close: () => agent.destroy() }
}

/** As a client writes an address down: what a request line cannot hold is escaped. */
const asciiPath = (url: string): string =>
  url.replaceAll(/[^!-~]/g, (one) => encodeURIComponent(one))
