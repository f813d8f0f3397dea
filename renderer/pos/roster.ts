import type { Catalog } from '../../domain/catalog.ts'
import { isRevoked } from '../../domain/roster.ts'
import type { PeerStatus } from '../../protocol/screens.ts'
import { formatAge } from '../ui/format.ts'
import { describeContact, type Health } from '../ui/neighbours.ts'
import { DRIFT_WORTH_SAYING_MS } from '../ui/strip.ts'
import { say } from '../words/say.ts'

/** The store's devices as the till lists them. Pure: the clock comes in as an argument. */
export interface RosterRow {
  readonly deviceId: string
  readonly name: string
  readonly role: string
  /** The letters in front of its order numbers. */
  readonly code: string
  readonly isOwn: boolean
  /** The centre shows none. */
  readonly hasScreen: boolean
  readonly isRemoved: boolean
  readonly contact: { readonly health: Health; readonly text: string }
  /** How wrong its clock is, where somebody should set it. */
  readonly drift: string | null
}

/**
 * This device first, then the members as they joined, then those that were removed. `peers` null:
 * nothing is known of them at present.
 */
export function listRoster(
  catalog: Catalog,
  own: string | null,
  peers: readonly PeerStatus[] | null,
  terminalNowMs: number,
): RosterRow[] {
  const peersById = new Map(peers?.map((peer) => [peer.deviceId, peer]))
  const rows = [...catalog.device].map(([deviceId, { name, role, code }]): RosterRow => {
    const peer = peersById.get(deviceId)
    const isOwn = deviceId === own
    const isRemoved = isRevoked(catalog, deviceId)
    return {
      deviceId,
      name,
      role: useText(catalog, deviceId) ?? say(`devices.${role}`),
      hasScreen: role !== 'central',
      code,
      isOwn,
      isRemoved,
      contact:
        isOwn || isRemoved || peers !== null
          ? contactOf(isOwn, isRemoved, peer, terminalNowMs)
          : { health: 'off', text: say('devices.unknown') },
      drift: isOwn || isRemoved ? null : driftText(peer?.driftMs ?? null),
    }
  })
  return rows.toSorted(
    (a, b) =>
      Number(a.isRemoved) - Number(b.isRemoved) ||
      Number(b.isOwn) - Number(a.isOwn) ||
      a.code.length - b.code.length ||
      (a.code < b.code ? -1 : 1),
  )
}

/** What its screen was said to be for; null: nobody has said. */
function useText(catalog: Catalog, deviceId: string): string | null {
  const screen = catalog.device_screen.get(deviceId)
  if (screen === undefined) return null
  const use = say(`devices.use_${screen.use}`)
  const stations = screen.stationIds.flatMap((id) => catalog.station.get(id)?.name ?? [])
  return stations.length === 0 ? use : `${use}: ${stations.join(', ')}`
}

function contactOf(
  isOwn: boolean,
  isRemoved: boolean,
  peer: PeerStatus | undefined,
  terminalNowMs: number,
): RosterRow['contact'] {
  if (isRemoved) return { health: 'off', text: say('devices.removed') }
  if (isOwn) return { health: 'good', text: say('common.thisDevice') }
  if (peer === undefined) return { health: 'bad', text: capital(say('status.notHeardSinceStart')) }
  const { health, text } = describeContact(peer, terminalNowMs)
  if (health === 'good') return { health, text: say('devices.connected') }
  return { health, text: capital(text) }
}

function driftText(driftMs: number | null): string | null {
  if (driftMs === null || Math.abs(driftMs) < DRIFT_WORTH_SAYING_MS) return null
  const age = formatAge(Math.abs(driftMs))
  return say(driftMs > 0 ? 'devices.ahead' : 'devices.behind', { age })
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The device that this one has let in since; null: none yet. */
export function newcomerSince(
  catalog: Catalog,
  own: string | null,
  idsBefore: ReadonlySet<string>,
): string | null {
  const newcomer = [...catalog.device].find(
    ([deviceId, { admittedBy }]) => admittedBy === own && !idsBefore.has(deviceId),
  )
  return newcomer?.[0] ?? null
}

/** What there is to say of it; null: it is gone again. */
export function joinedText(catalog: Catalog, deviceId: string): string | null {
  const device = catalog.device.get(deviceId)
  if (device === undefined || isRevoked(catalog, deviceId)) return null
  return say('devices.joined', { name: device.name, code: device.code })
}
