import type { FastifyRequest } from 'fastify'
import { OFFICE_COOKIE } from '../../../protocol/office/paths.ts'

/** A session's token on its way to a browser and back. */

type Headers = Pick<FastifyRequest, 'headers'>

/** Null: none, or none that could be one of ours. */
export function sessionToken({ headers }: Headers): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value = ''] = pair.trim().split('=')
    if (name === OFFICE_COOKIE && /^[\w-]{43}$/.test(value)) return value
  }
  return null
}

/** What ends TLS says so; without it, a browser on this computer would not send a secure cookie back. */
const isBehindTls = ({ headers }: Headers): boolean => headers['x-forwarded-proto'] === 'https'

const attributes = (request: Headers): string =>
  `Path=/; HttpOnly; SameSite=Strict${isBehindTls(request) ? '; Secure' : ''}`

export const sessionCookie = (request: Headers, token: string, maxAgeSeconds: number): string =>
  `${OFFICE_COOKIE}=${token}; Max-Age=${maxAgeSeconds}; ${attributes(request)}`

export const endedCookie = (request: Headers): string =>
  `${OFFICE_COOKIE}=; Max-Age=0; ${attributes(request)}`
