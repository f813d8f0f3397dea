import { isIPv4 } from 'node:net'

/** Addresses as they are typed in, remembered and printed: `HOST:PORT`, with IPv6 in brackets. */
export interface HostAndPort {
  readonly host: string
  readonly port: number
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

/** Null for anything that is not `HOST:PORT`. */
export function parseAddress(address: string): HostAndPort | null {
  const parts = /^(?:\[([^\]]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(address.trim())
  const host = parts?.[1] ?? parts?.[2]
  const port = Number(parts?.[3])
  return host === undefined || port > 65_535 ? null : { host, port }
}

export const formatAddress = ({ host, port }: HostAndPort): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

/** The same, for addresses that have to be right; throws one clear sentence otherwise. */
export function requireAddress(address: string): HostAndPort {
  const parsed = parseAddress(address)
  if (parsed === null) throw new Error(`${address} is not an address of the form HOST:PORT`)
  return parsed
}
