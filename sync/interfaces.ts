import { isIPv4 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import { formatAddress, isLoopback, type HostAndPort } from './address.ts'

type MachineInterfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

const LOOPBACK_INTERFACE = '127.0.0.1'

export const isEveryAddress = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** The machine's own IPv4 addresses on real networks. */
const onNetworks = (machine: MachineInterfaces): string[] =>
  Object.values(machine)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)

/**
 * Where a device that listens on `host` announces itself: nowhere that it could not be called. One
 * that listens on this computer alone sends nothing onto a network.
 */
export function interfacesFor(host: string, machine: MachineInterfaces): string[] {
  if (isLoopback(host)) return [LOOPBACK_INTERFACE]
  if (isEveryAddress(host)) return onNetworks(machine)
  return isIPv4(host) ? [host] : []
}

/** What another device can dial to reach one that listens there: one address on each network. */
export function dialableAddresses(
  { host, port }: HostAndPort,
  machine: MachineInterfaces,
): readonly [string, ...string[]] {
  const [first = LOOPBACK_INTERFACE, ...more] = isEveryAddress(host) ? onNetworks(machine) : [host]
  const at = (reachable: string) => formatAddress({ host: reachable, port })
  return [at(first), ...more.map(at)]
}

/** The first of them. */
export const dialableAddress = (listening: HostAndPort, machine: MachineInterfaces): string =>
  dialableAddresses(listening, machine)[0]
