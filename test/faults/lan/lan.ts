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
  const hosts = new Set<string>()
  close()
  ip('netns', 'add', SWITCH)
  for (const bridge of BRIDGES) {
    ip('-n', SWITCH, 'link', 'add', bridge, 'type', 'bridge')
    ip('-n', SWITCH, 'link', 'set', bridge, 'up')
  }

  const plugInto = (name: string, bridge: (typeof BRIDGES)[number]): void =>
    ip('-n', SWITCH, 'link', 'set', cableOf(name), 'master', bridge, 'up')

  function addHost(name: string, address: string): void {
    const namespace = namespaceOf(name)
    ip('netns', 'add', namespace)
    hosts.add(name)
    ip(
      'link',
      'add',
      'eth0',
      'netns',
      namespace,
      'type',
      'veth',
      'peer',
      'name',
      cableOf(name),
      'netns',
      SWITCH,
    )
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

  return {
    addHost,
    on: (name) => ['ip', 'netns', 'exec', namespaceOf(name)],
    cable: (name, isIn) => ip('-n', SWITCH, 'link', 'set', cableOf(name), isIn ? 'up' : 'down'),
    switchPower: (isOn) => {
      for (const bridge of BRIDGES) ip('-n', SWITCH, 'link', 'set', bridge, isOn ? 'up' : 'down')
    },
    partition: (apart) => {
      for (const name of hosts) plugInto(name, apart.includes(name) ? 'bridge-b' : 'bridge-a')
    },
    renumber: (name, from, to) => {
      const namespace = namespaceOf(name)
      ip('-n', namespace, 'addr', 'del', `${from}/${PREFIX}`, 'dev', 'eth0')
      ip('-n', namespace, 'addr', 'add', `${to}/${PREFIX}`, 'dev', 'eth0')
      // The route for multicast went with the old address.
      spawnSync('ip', ['-n', namespace, 'route', 'replace', '224.0.0.0/4', 'dev', 'eth0'])
    },
    close,
  }
}
