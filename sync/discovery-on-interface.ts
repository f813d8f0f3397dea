import { createSocket, type Socket } from 'node:dgram'
import { isIPv4 } from 'node:net'
import { Bonjour, type Browser, type Service } from 'bonjour-service'
import { formatAddress, isLoopback } from './address.ts'
import { BROWSE_EVERY_MS, UNPUBLISH_WAIT_MS } from './limits.ts'
import { messageOf, type Logger } from './logger.ts'

/**
 * mDNS on one interface of the machine, service `_aurapos._tcp`. Where multicast is blocked it says
 * so once, and all goes on with the addresses that are known.
 */
export interface InterfaceDiscovery {
  /** Says goodbye, and waits for it only shortly. */
  readonly stop: () => Promise<void>
}

export interface Announcement {
  readonly port: number
  /** For people who look for a device of the store on the screen of a new one. */
  readonly name: string
  /** A device that was restarted on its old port is news because of this. */
  readonly incarnation: string
  readonly onFound: (deviceId: string, address: string) => void
  readonly onGone: (deviceId: string, address: string) => void
}

export interface InterfaceDiscoveryDeps {
  readonly storeId: string
  readonly deviceId: string
  readonly logger: Logger
  /** The IPv4 address of the interface. */
  readonly onInterface: string
  readonly announcement: Announcement
}

export const SERVICE_TYPE = 'aurapos'
export const TXT_VERSION = '1'
/** What DNS allows for one part of a name. */
const MAX_LABEL = 63

export function discoverOnInterface(deps: InterfaceDiscoveryDeps): InterfaceDiscovery {
  const { storeId, deviceId, logger, onInterface, announcement } = deps
  let bonjour: Bonjour | null = null
  let browser: Browser | null = null
  let browsing: NodeJS.Timeout | null = null
  let reported = false
  let stopped = false

  function trouble(error: unknown): void {
    if (reported) return
    reported = true
    logger.warn('devices cannot be found by multicast here; known addresses still work', {
      on: onInterface,
      error: messageOf(error),
    })
  }

  async function start(): Promise<void> {
    const socket = await openMulticastSocket(onInterface)
    if (stopped) return void socket.close()
    socket.on('error', trouble)
    const options = { socket, bind: false } as object
    bonjour = new Bonjour(options, trouble)
    publish(bonjour)
    browser = bonjour.find({ type: SERVICE_TYPE })
    const found = (service: Service) => tell(service, announcement.onFound)
    browser.on('up', found)
    browser.on('srv-update', found)
    browser.on('txt-update', found)
    browser.on('down', (service) => tell(service, announcement.onGone))
    browsing = setInterval(browse, BROWSE_EVERY_MS)
  }

  function publish(through: Bonjour): void {
    const { port, incarnation, name } = announcement
    const published = through.publish({
      // The library probes for a taken name and gives up; a process that was killed has left its
      // own name behind. The device id is unique already, so there is nothing to probe for.
      probe: false,
      name: deviceId.slice(-MAX_LABEL),
      type: SERVICE_TYPE,
      port,
      txt: {
        store: storeId,
        device: deviceId,
        name: name.slice(0, MAX_LABEL),
        run: incarnation,
        v: TXT_VERSION,
      },
    })
    published.on('error', trouble)
  }

  function browse(): void {
    try {
      browser?.expire()
      browser?.update()
    } catch (error) {
      trouble(error)
    }
  }

  /** Everything in a service came over the network from anybody. */
  function tell(service: Service, listener: (deviceId: string, address: string) => void): void {
    const txt = (service.txt ?? {}) as Readonly<Record<string, unknown>>
    const device = txt['device']
    if (txt['v'] !== TXT_VERSION || txt['store'] !== storeId) return
    if (typeof device !== 'string' || device === '' || device === deviceId) return
    if (device.length > 120) return
    // A host name would have to be looked up, and who sent the packet is known already. A socket hears
    // what comes to the others of this machine too: loopback and the network are kept apart.
    const host = service.referer?.address ?? ''
    if (isIPv4(host) && isLoopback(host) === isLoopback(onInterface))
      listener(device, formatAddress({ host, port: service.port }))
  }

  async function stop(): Promise<void> {
    stopped = true
    if (browsing !== null) clearInterval(browsing)
    browser?.stop()
    const ending = bonjour
    bonjour = null
    if (ending === null) return
    await within(UNPUBLISH_WAIT_MS, (done) => ending.unpublishAll(done))
    await within(UNPUBLISH_WAIT_MS, (done) => ending.destroy(done))
  }

  void start().catch(trouble)
  return { stop }
}

const MDNS_PORT = 5_353
const MDNS_GROUP = '224.0.0.251'

/**
 * A socket that sends multicast on one interface only. The library would open one itself, and would
 * fall back to the default interface where this one fails. It is bound to all addresses, because
 * multicast does not arrive on a socket bound to one.
 */
export function openMulticastSocket(onInterface: string): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      socket.removeAllListeners()
      socket.close()
      reject(error)
    }
    socket.once('error', fail)
    socket.bind(MDNS_PORT, '0.0.0.0', () => {
      try {
        socket.addMembership(MDNS_GROUP, onInterface)
        socket.setMulticastInterface(onInterface)
        socket.setMulticastLoopback(true)
        socket.off('error', fail)
        resolve(socket)
      } catch (error) {
        fail(error)
      }
    })
  })
}

function within(ms: number, job: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    job(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
