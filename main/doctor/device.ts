import { createServer } from 'node:net'
import type { DeviceStatus, PeerStatus } from '../../protocol/screens.ts'
import { bad, good, type Finding } from './finding.ts'
import { LARGEST_DRIFT_MS } from './folder.ts'

/** Entries that wait for the centre: some hours of a busy store. */
export const LARGE_BACKLOG = 2_000

/** What a running device says of itself, its peers and the centre. */
export function lookAtStatus(status: DeviceStatus): Finding[] {
  return [
    good('running', 'The device runs.'),
    ...lookAtPeers(status.peers),
    ...lookAtUpstream(status),
    ...needed(status),
  ]
}

function lookAtPeers(peers: readonly PeerStatus[]): Finding[] {
  if (peers.length === 0) return [good('peers', 'The store has no other device.')]
  return peers.flatMap(({ name, connected, driftMs }) => {
    const heard = connected
      ? good('peers', `${name} is heard.`)
      : bad(
          'peers',
          `${name} is not heard.`,
          'See that it is switched on and in the same network, that a firewall lets its peer port through, and that the Wi-Fi does not keep its guests apart. A device that is gone for good is revoked on the screen "Devices". If it is this one that was revoked there, nobody hears it any more: join the store anew with an empty folder.',
        )
    if (driftMs === null || Math.abs(driftMs) <= LARGEST_DRIFT_MS) return [heard]
    const seconds = Math.round(Math.abs(driftMs) / 1_000)
    const says = `The clock of ${name} is ${seconds} s ${driftMs > 0 ? 'ahead of' : 'behind'} this one.`
    return [heard, bad('clock', says, 'Let both computers set their clocks by the network (NTP).')]
  })
}

function lookAtUpstream({ upstream }: DeviceStatus): Finding[] {
  const { configured, connected, backlog, lastError } = upstream
  if (!configured) return [good('centre', 'The store has no centre.')]
  const waiting = backlog ?? 0
  const large =
    waiting > LARGE_BACKLOG
      ? [
          bad(
            'backlog',
            `${waiting} entries wait for the centre.`,
            'Leave one device on and connected until they are there. None is lost.',
          ),
        ]
      : [good('backlog', `${waiting} entries wait for the centre.`)]
  return [
    connected
      ? good('centre', 'The centre answers.')
      : bad(
          'centre',
          `The centre does not answer${lastError === null ? '' : `: ${lastError}`}.`,
          'See that this computer reaches the internet and that the address of the centre is right. Selling goes on without it.',
        ),
    ...large,
  ]
}

function needed(status: DeviceStatus): Finding[] {
  const findings: Finding[] = []
  if (status.revoked) {
    const todo = 'Take an empty folder and join the store anew, if this device is to go on.'
    findings.push(bad('roster', 'This device was removed from the store.', todo))
  }
  if (status.unreadable > 0) {
    const says = `${status.unreadable} events are of a newer version of the program.`
    findings.push(bad('version', says, 'Update this device: they are kept and take effect then.'))
  }
  if (status.quarantined > 0) {
    const says = `${status.quarantined} entries claim numbers that are taken.`
    const todo = 'A device was copied or put back while it ran elsewhere. Look at "aura status".'
    findings.push(bad('log', says, todo))
  }
  if (status.conflicts + status.lateEntries.length > 0) {
    const says = `${status.conflicts + status.lateEntries.length} things wait for a person to settle.`
    findings.push(
      bad('conflicts', says, 'Settle them on the till: "Open orders", or GET /conflicts.'),
    )
  }
  return findings
}

export const STARTING = bad(
  'running',
  'The device is starting or stopping just now.',
  'Look again in a minute.',
)

/** Whether a device that does not run could listen where it last did. */
export async function lookAtPort(port: number | null): Promise<Finding[]> {
  const stopped = bad('running', 'The device does not run.', 'Start it: aura terminal --data DIR.')
  if (port === null) return [stopped]
  const isFree = await canListen(port)
  return [
    stopped,
    isFree
      ? good('port', `Port ${port}, where its peers expect it, is free.`)
      : bad(
          'port',
          `Port ${port}, where its peers expect it, is taken by another program.`,
          'Stop the other program. Otherwise the device takes another port, which its peers find by themselves unless multicast is blocked.',
        ),
  ]
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, () => probe.close(() => resolve(true)))
  })
}
