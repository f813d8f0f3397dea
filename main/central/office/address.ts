import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { isLoopback } from '../../../sync/address.ts'

/**
 * The address from which a request comes, for counting tries. The centre listens behind what ends
 * TLS, which adds the address that it saw at the end of `X-Forwarded-For`; what stands before that is
 * the caller's own word. A house has many addresses of version 6, and the first half of them alike.
 */
export function addressOf(request: Pick<FastifyRequest, 'headers' | 'socket'>): string {
  const seen = request.socket.remoteAddress ?? ''
  if (!isLoopback(seen)) return networkOf(seen)
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',')
  const last = forwarded.split(',').at(-1)?.trim() ?? ''
  return networkOf(isIP(last) === 0 ? seen : last)
}

function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  const groups = tail === undefined ? before : [...before, ...zeros, ...after]
  return groups.slice(0, 4).join(':')
}
