import { execFileSync, spawnSync } from 'node:child_process'

/**
 * A network of its own on this computer: each host a network namespace with one cable to a switch,
 * which is a namespace with bridges. Nothing of it touches the computer's own network.
 *
 *     host 1 ── cable ──┐
 *     host 2 ── cable ──┤ bridge a        a partition moves cables to bridge b
 *     host 3 ── cable ──┘
 */
export interface Lan {
  /** Puts a host on the network, with an address. */
  readonly addHost: (name: string, address: string) => void
  /** What stands in front of a command that is to run on a host. */
  readonly on: (name: string) => readonly string[]
  readonly cable: (name: string, isIn: boolean) => void
  readonly switchPower: (isOn: boolean) => void
  /** Hosts in `apart` see each other and none of the rest; an empty list heals. */
  readonly partition: (apart: readonly string[]) => void
  readonly renumber: (name: string, from: string, to: string) => void
  /** A switch that passes no multicast on: nothing is found by mDNS. */
  readonly multicast: (isOn: boolean) => void
  /** What one host sends to the other is lost on the way, silently; the way back stays. */
  readonly lose: (from: string, to: string, isLost: boolean) => void
  /** Tells everybody that its address is its own, as machines do when they come up. */
  readonly announce: (name: string) => void
  readonly removeHost: (name: string) => void
  readonly close: () => void
}

const SWITCH = 'aura-switch'
const BRIDGES = ['bridge-a', 'bridge-b'] as const
const PREFIX = '24'

const ip = (...args: string[]): void => void execFileSync('ip', args, { stdio: 'pipe' })
const namespaceOf = (name: string): string => `aura-${name}`
/** A network interface's name has up to 15 characters. */
const cableOf = (name: string): string => `c-${name}`

/** Whether this machine lets us: Linux, root, and `ip` of iproute2. */
export function canMakeLan(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const probe = 'aura-probe'
  const made = spawnSync('ip', ['netns', 'add', probe]).status === 0
  if (made) spawnSync('ip', ['netns', 'del', probe])
  return made
}

export function createLan(): Lan {
  const addressByHost = new Map<string, string>()
  let passesMulticast = true
  close()
  ip('netns', 'add', SWITCH)
  for (const bridge of BRIDGES) {
    ip('-n', SWITCH, 'link', 'add', bridge, 'type', 'bridge')
    ip('-n', SWITCH, 'link', 'set', bridge, 'up')
  }

  function plugInto(name: string, bridge: (typeof BRIDGES)[number]): void {
    ip('-n', SWITCH, 'link', 'set', cableOf(name), 'master', bridge, 'up')
    floodMulticast(name)
  }

  function floodMulticast(name: string): void {
    const flood = ['mcast_flood', passesMulticast ? 'on' : 'off']
    ip('-n', SWITCH, 'link', 'set', 'dev', cableOf(name), 'type', 'bridge_slave', ...flood)
  }

  function addHost(name: string, address: string): void {
    const namespace = namespaceOf(name)
    ip('netns', 'add', namespace)
    addressByHost.set(name, address)
    const cable = ['name', cableOf(name), 'netns', SWITCH]
    ip('link', 'add', 'eth0', 'netns', namespace, 'type', 'veth', 'peer', ...cable)
    plugInto(name, 'bridge-a')
    ip('-n', namespace, 'link', 'set', 'lo', 'up')
    ip('-n', namespace, 'addr', 'add', `${address}/${PREFIX}`, 'dev', 'eth0')
    ip('-n', namespace, 'link', 'set', 'eth0', 'up')
    ip('-n', namespace, 'route', 'add', '224.0.0.0/4', 'dev', 'eth0')
  }

  function close(): void {
    const listed = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' }).stdout
    for (const line of listed.split('\n')) {
      const [name = ''] = line.split(' ')
      if (name === SWITCH || name.startsWith('aura-')) spawnSync('ip', ['netns', 'del', name])
    }
  }

  function lose(from: string, to: string, isLost: boolean): void {
    const neighbour = [addressByHost.get(to) ?? '', 'dev', 'eth0']
    const nobody = ['lladdr', '02:00:00:00:00:99', 'nud', 'permanent']
    const change = isLost ? ['replace', ...neighbour, ...nobody] : ['del', ...neighbour]
    ip('-n', namespaceOf(from), 'neigh', ...change)
  }

  /** Gratuitous ARP: the kernel sends it when an interface is given its hardware address. */
  function announce(name: string): void {
    const namespace = namespaceOf(name)
    const notify = 'echo 1 > /proc/sys/net/ipv4/conf/eth0/arp_notify'
    ip('netns', 'exec', namespace, 'sh', '-c', notify)
    ip('-n', namespace, 'link', 'set', 'dev', 'eth0', 'address', '02:00:00:00:00:02')
  }

  return {
    addHost,
    announce,
    removeHost: (name) => {
      addressByHost.delete(name)
      ip('netns', 'del', namespaceOf(name))
    },
    lose,
    multicast: (isOn) => {
      passesMulticast = isOn
      for (const name of addressByHost.keys()) floodMulticast(name)
    },
    on: (name) => ['ip', 'netns', 'exec', namespaceOf(name)],
    cable: (name, isIn) => ip('-n', SWITCH, 'link', 'set', cableOf(name), isIn ? 'up' : 'down'),
    switchPower: (isOn) => {
      for (const bridge of BRIDGES) ip('-n', SWITCH, 'link', 'set', bridge, isOn ? 'up' : 'down')
    },
    partition: (apart) => {
      for (const name of addressByHost.keys())
        plugInto(name, apart.includes(name) ? 'bridge-b' : 'bridge-a')
    },
    renumber: (name, from, to) => {
      const namespace = namespaceOf(name)
      addressByHost.set(name, to)
      ip('-n', namespace, 'addr', 'del', `${from}/${PREFIX}`, 'dev', 'eth0')
      ip('-n', namespace, 'addr', 'add', `${to}/${PREFIX}`, 'dev', 'eth0')
      // The route for multicast went with the old address.
      spawnSync('ip', ['-n', namespace, 'route', 'replace', '224.0.0.0/4', 'dev', 'eth0'])
    },
    close,
  }
}
