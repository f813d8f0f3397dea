import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/**
 * Where a webhook may lead. Whoever may set one up must not make this device knock at doors of the
 * restaurant's own network: only addresses of the public internet are called, whatever a name turns
 * out to mean at that moment, but for this computer itself and hosts that the configuration names.
 */
export function urlFault(text: string, privateHosts: readonly string[]): string | null {
  const url = URL.parse(text)
  if (url === null) return 'It is no URL.'
  const host = hostOf(url)
  if (url.username !== '' || url.password !== '') return 'It must not carry a name and a password.'
  if (url.hash !== '') return 'It must not have a part after #.'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isThisComputer(host))) {
    return 'It has to be https; http is for 127.0.0.1, ::1 and localhost alone.'
  }
  return isIP(host) > 0 && !mayCall(host, host, privateHosts)
    ? `${host} is an address of a private network. Name it under webhooks.private_hosts.`
    : null
}

/** Brackets belong to the URL. */
export const hostOf = ({ hostname }: URL): string => hostname.replaceAll(/^\[|\]$/g, '')

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])
const isThisComputer = (host: string): boolean => LOOPBACK.has(host)

/** Whether this address may be called for that host. */
export function mayCall(address: string, host: string, privateHosts: readonly string[]): boolean {
  if (privateHosts.includes(host) || isThisComputer(host)) return true
  return isPublic(address)
}

/** Names are looked up where the connection is made, so no answer in between counts. */
export const guardedLookup =
  (privateHosts: readonly string[]): LookupFunction =>
  (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const allowed = found.filter(({ address }) => mayCall(address, host, privateHosts))
      const [first] = allowed
      if (first === undefined) {
        return callback(new Error(`${host} leads into a private network`), [])
      }
      if (options.all === true) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }

/** IANA's registries of special-purpose addresses: what is not for everybody. */
const PRIVATE = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(net, prefix, 'ipv4')
}
/** Of the sixth version what was given out begins with 2 or 3; the rest is not for calling. */
const GLOBAL6 = new BlockList()
GLOBAL6.addSubnet('2000::', 3, 'ipv6')
for (const [net, prefix] of [
  ['2001:db8::', 32],
  ['2001::', 23],
  ['2002::', 16],
] as const) {
  PRIVATE.addSubnet(net, prefix, 'ipv6')
}

export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !PRIVATE.check(address, 'ipv4')
    case 6:
      return GLOBAL6.check(address, 'ipv6') && !PRIVATE.check(address, 'ipv6')
    default:
      return false
  }
}
