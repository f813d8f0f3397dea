import type { FastifyRequest } from 'fastify'
import { OFFICE_COOKIE } from '../../../protocol/office/paths.ts'

/** A session's token on its way to a browser and back. */

/** Null: none, or none that could be one of ours. */
export function sessionToken({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value = ''] = pair.trim().split('=')
    if (name === OFFICE_COOKIE && /^[\w-]{43}$/.test(value)) return value
  }
  return null
}

type Protocol = Pick<FastifyRequest, 'protocol'>

/** Without TLS, on this computer, a browser would not send a secure cookie back. */
const attributes = ({ protocol }: Protocol): string =>
  `Path=/; HttpOnly; SameSite=Strict${protocol === 'https' ? '; Secure' : ''}`

export const sessionCookie = (request: Protocol, token: string, maxAgeSeconds: number): string =>
  `${OFFICE_COOKIE}=${token}; Max-Age=${maxAgeSeconds}; ${attributes(request)}`

export const endedCookie = (request: Protocol): string =>
  `${OFFICE_COOKIE}=; Max-Age=0; ${attributes(request)}`
