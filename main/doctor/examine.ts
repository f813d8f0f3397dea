import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import type { Connection } from '../../db/sqlite/connection.ts'
import type { DeviceStatus } from '../../protocol/screens.ts'
import type { Config } from '../config.ts'
import { isInUse, type Control } from '../data-folder.ts'
import { lookAtPort, lookAtStatus, STARTING } from './device.ts'
import type { Finding } from './finding.ts'
import { lookAtClock, lookAtFile, lookAtFolder } from './folder.ts'
import { lookAtNotices } from './notices.ts'
import { lookAtPayments } from './payments.ts'
import { lookAtScreensDoor } from './screens-door.ts'
import { lookAtSelling } from './selling.ts'
import { lookAtSettings } from './settings.ts'

export interface Looked {
  /** What the device says; null where it does not run. */
  readonly live: DeviceStatus | null
  readonly control: Control | null
  readonly config: Config
}

/** Everything the doctor looks at. */
export async function examine(
  dir: string,
  connection: Connection,
  { live, control, config }: Looked,
): Promise<readonly Finding[]> {
  const local = createLocalSettings(connection)
  const lastPort = local.get('peer_port')
  const nowMs = Date.now()
  return [
    ...lookAtFolder(dir),
    lookAtFile(connection),
    lookAtClock(connection, nowMs),
    ...(live === null
      ? isInUse(dir)
        ? [STARTING]
        : await lookAtPort(lastPort === null ? null : Number(lastPort))
      : lookAtStatus(live)),
    ...(control === null ? [] : [await lookAtScreensDoor(control)]),
    ...lookAtSelling(connection, nowMs, config.orders.kitchen_alarm_seconds * 1_000),
    ...(await lookAtPayments(connection, config, local.require('device_id'), nowMs)),
    lookAtNotices(connection, config, nowMs),
    ...lookAtSettings(config),
  ]
}
