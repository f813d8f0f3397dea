import { createIdentity } from '../db/sqlite/identity.ts'
import { createLocalSettings } from '../db/sqlite/local-settings.ts'
import { ok, type Result } from '../domain/result.ts'
import { formatAddress, type HostAndPort } from '../sync/address.ts'
import { openNewDevice, writeNewKeys } from './data-folder.ts'
import { newId } from './new-id.ts'
import { signaturesOf } from './signed-log.ts'

export interface DeviceToJoin {
  readonly dir: string
  /** Of a member. */
  readonly address: HostAndPort
  /** The eight digits that the member shows. */
  readonly code: string
  readonly name: string
  readonly role: 'terminal' | 'kitchen'
}

export interface JoinedStore {
  readonly storeId: string
  readonly storeName: string
  readonly deviceId: string
  /** What stands in front of this device's order numbers. */
  readonly deviceCode: string
}

/** Makes the device of an empty folder a member of a store. What is refused is a sentence. */
export async function joinDevice(joining: DeviceToJoin): Promise<Result<JoinedStore, string>> {
  const { dir, address, code, name, role } = joining
  const opened = await openNewDevice(dir)
  if (!opened.ok) return opened
  const connection = opened.value
  try {
    const keys = writeNewKeys(dir)
    const origin = signaturesOf(keys).signer.newOrigin(newId())
    // Loaded when somebody joins: the curve's arithmetic would slow every start.
    const { joinStore } = await import('../sync/pairing/joiner.ts')
    const joined = await joinStore({ address, keys, code, newcomer: { origin, name, role } })
    if (!joined.ok) return joined
    const { answer, memberId } = joined.value
    const { deviceId } = keys
    // All of it or nothing: a device that does not know whom to trust would be left alone.
    connection.raw
      .transaction(() => {
        const local = createLocalSettings(connection)
        local.set('admitted_by', memberId)
        // The address that has just worked, and the one the member has of itself.
        local.set('known_peers', [...new Set([formatAddress(address), answer.peer])].join(' '))
        if (answer.centralUrl !== null) local.set('central_url', answer.centralUrl)
        const identity = {
          store_id: answer.storeId,
          device_id: deviceId,
          device_name: name,
          device_role: role,
          device_code: answer.code,
          origin,
          upstream_token: answer.upstreamToken,
        }
        createIdentity(connection, identity, null)
      })
      .immediate()
    const { storeId, storeName, code: deviceCode } = answer
    return ok({ storeId, storeName, deviceId, deviceCode })
  } finally {
    connection.close()
  }
}
