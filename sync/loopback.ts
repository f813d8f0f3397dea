import { isIPv4 } from 'node:net'

/**
 * Until devices prove their membership to each other, everything between peers stays on this
 * computer: addresses that are listened on, addresses that are dialled, and the interface on which
 * they are announced. This function is the one place that says so. It goes when membership comes.
 */
export function assertLoopback(host: string): void {
  if (isLoopback(host)) return
  throw new Error(
    `${host} is not a loopback address. Peers do not prove their membership yet, ` +
      'so they listen on and dial 127.0.0.0/8, ::1 and localhost alone.',
  )
}

/** The interface that discovery is confined to, for the same reason. */
export const LOOPBACK_INTERFACE = '127.0.0.1'

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

export interface HostAndPort {
  readonly host: string
  readonly port: number
}

/** `HOST:PORT`, with IPv6 in brackets. Null for anything else. */
export function parseAddress(address: string): HostAndPort | null {
  const parts = /^(?:\[([^\]]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(address.trim())
  const host = parts?.[1] ?? parts?.[2]
  const port = Number(parts?.[3])
  return host === undefined || port > 65_535 ? null : { host, port }
}

export const formatAddress = ({ host, port }: HostAndPort): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

/** An address of a peer, checked; throws one clear sentence otherwise. */
export function loopbackAddress(address: string): HostAndPort {
  const parsed = parseAddress(address)
  if (parsed === null) throw new Error(`${address} is not an address of the form HOST:PORT`)
  assertLoopback(parsed.host)
  return parsed
}
