import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Control } from '../data-folder.ts'
import { messageOf } from '../logger.ts'
import { fail } from './command.ts'

/** Calls a running device as its command line. Fails with what the device said. */
export async function callDevice<T>(
  control: Control,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const { status, text } = await send(control, method, path, body).catch((error: unknown) =>
    fail(`The running device does not answer: ${messageOf(error)}`),
  )
  const answer = parseObject(text)
  if (status >= 200 && status < 300) return answer as T
  return fail(answer.detail ?? `The running device answered ${status}.`)
}

/** Over TLS, the device's own certificate is the only authority, whatever name it was called by. */
function send(control: Control, method: string, path: string, body: unknown) {
  const payload = body === undefined ? '' : JSON.stringify(body)
  const options = {
    method,
    headers: {
      authorization: `Bearer ${control.key}`,
      ...(payload !== '' && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
      }),
    },
  }
  const url = new URL(path, control.api)
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
  const onResponse = (response: IncomingMessage): void => {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => (text += chunk))
    response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    response.on('error', reject)
  }
  const pinned = { ca: control.certificate, checkServerIdentity: () => undefined }
  const request =
    control.certificate === undefined
      ? requestHttp(url, options, onResponse)
      : requestHttps(url, { ...options, ...pinned }, onResponse)
  request.on('error', reject).end(payload)
  return promise
}

function parseObject(text: string): { readonly detail?: string } {
  try {
    return JSON.parse(text) as { readonly detail?: string }
  } catch {
    return {}
  }
}
