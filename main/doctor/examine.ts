import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import type { Connection } from '../../db/sqlite/connection.ts'
import type { DeviceStatus } from '../../protocol/screens.ts'
import { lookAtPort, lookAtStatus } from './device.ts'
import type { Finding } from './finding.ts'
import { lookAtClock, lookAtFile, lookAtFolder } from './folder.ts'

/** Everything the doctor looks at. `live`: what the device says, null where it does not run. */
export async function examine(
  dir: string,
  connection: Connection,
  live: DeviceStatus | null,
): Promise<readonly Finding[]> {
  const lastPort = createLocalSettings(connection).get('peer_port')
  return [
    ...lookAtFolder(dir),
    lookAtFile(connection),
    lookAtClock(connection, Date.now()),
    ...(live === null
      ? await lookAtPort(lastPort === null ? null : Number(lastPort))
      : lookAtStatus(live)),
  ]
}
