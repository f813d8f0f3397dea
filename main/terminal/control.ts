import type { FastifyInstance } from 'fastify'
import type { DeviceStatus } from '../../protocol/screens.ts'
import type { Pairing } from './pairing.ts'

export const PAIRING_CODE_PATH = '/control/pairing-code'
export const STATUS_PATH = '/control/status'

export interface ControlDeps {
  /** Known to whoever may read the data folder. */
  readonly key: string
  readonly pairing: Pairing
  readonly status: () => DeviceStatus
}

/** What the command line asks of a running device. */
export function addControl(app: FastifyInstance, deps: ControlDeps): void {
  const isCommandLine = (authorization: string | undefined) =>
    authorization === `Bearer ${deps.key}`

  app.post(PAIRING_CODE_PATH, (request, reply) =>
    isCommandLine(request.headers.authorization)
      ? reply.send(deps.pairing.show())
      : reply.code(401).send(),
  )
  app.get(STATUS_PATH, (request, reply) =>
    isCommandLine(request.headers.authorization)
      ? reply.send(deps.status())
      : reply.code(401).send(),
  )
}
