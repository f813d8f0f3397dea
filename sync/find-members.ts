import { Bonjour, type Service } from 'bonjour-service'
import { isIPv4 } from 'node:net'
import { formatAddress, isLoopback } from './address.ts'
import { openMulticastSocket, SERVICE_TYPE, TXT_VERSION } from './discovery-on-interface.ts'
import { BROWSE_EVERY_MS, MAX_FOUND_MEMBERS } from './limits.ts'
import { messageOf, type Logger } from './logger.ts'

/** A device that says on the network that it belongs to some store. Anybody could say so. */
export interface FoundMember {
  readonly address: string
  readonly name: string
}

/**
 * Looks by mDNS for devices of any store, for a person who is about to let this one in. It tells
 * nobody of itself.
 */
export function findMembers(
  interfaces: readonly string[],
  logger: Logger,
  onChange: (members: readonly FoundMember[]) => void,
): { readonly stop: () => void } {
  const found = new Map<string, FoundMember>()
  const running = new Set<Bonjour>()
  const timers = new Set<NodeJS.Timeout>()
  let stopped = false

  const trouble = (error: unknown): void =>
    logger.info('no devices can be found by multicast here', { error: messageOf(error) })

  function tell(service: Service, onInterface: string, isThere: boolean): void {
    const member = memberOf(service, onInterface)
    if (member === null || (isThere && found.size >= MAX_FOUND_MEMBERS)) return
    if (isThere) found.set(member.address, member)
    else found.delete(member.address)
    onChange([...found.values()])
  }

  async function look(onInterface: string): Promise<void> {
    const socket = await openMulticastSocket(onInterface)
    if (stopped) return void socket.close()
    socket.on('error', trouble)
    const bonjour = new Bonjour({ socket, bind: false } as object, trouble)
    running.add(bonjour)
    const browser = bonjour.find({ type: SERVICE_TYPE })
    browser.on('up', (service) => tell(service, onInterface, true))
    browser.on('down', (service) => tell(service, onInterface, false))
    timers.add(setInterval(() => browser.update(), BROWSE_EVERY_MS))
  }

  for (const onInterface of interfaces) void look(onInterface).catch(trouble)
  return {
    stop() {
      stopped = true
      for (const timer of timers) clearInterval(timer)
      for (const bonjour of running) bonjour.destroy()
    },
  }
}

function memberOf(service: Service, onInterface: string): FoundMember | null {
  const txt = (service.txt ?? {}) as Readonly<Record<string, unknown>>
  const host = service.referer?.address ?? ''
  if (txt['v'] !== TXT_VERSION || !isIPv4(host) || isLoopback(host) !== isLoopback(onInterface)) {
    return null
  }
  const name = typeof txt['name'] === 'string' ? txt['name'].slice(0, 120) : ''
  return { address: formatAddress({ host, port: service.port }), name }
}
