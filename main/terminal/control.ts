import type { FastifyInstance } from 'fastify'
import type { DeviceHeads } from '../../sync/peers.ts'
import { z } from 'zod'
import type { DeviceStatus } from '../../protocol/screens.ts'
import type { Pairing } from './pairing.ts'

export const PAIRING_CODE_PATH = '/control/pairing-code'
export const STATUS_PATH = '/control/status'
export const HEADS_PATH = '/control/heads'

/** What another device has said of the logs that it holds; hashes in hex. */
export interface PeerHeads {
  readonly device_id: string
  readonly name: string
  readonly heads: readonly {
    readonly origin: string
    readonly seq: number
    readonly hash: string
  }[]
}

/** The key of the device goes into a copy that `aura backup` has made, and never over a connection. */
export const BACKUP_KEYS_PATH = '/control/backup-keys'

export interface ControlDeps {
  /** Known to whoever may read the data folder. */
  readonly key: string
  readonly pairing: Pairing
  readonly status: () => DeviceStatus
  readonly heads: () => readonly DeviceHeads[]
  readonly putKeysInto: (file: string) => Promise<void>
}

const backupSchema = z.strictObject({ file: z.string().min(1).max(4_096) })

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

  app.get(HEADS_PATH, (request, reply) =>
    isCommandLine(request.headers.authorization)
      ? reply.send(deps.heads().map(headsToJson))
      : reply.code(401).send(),
  )
  app.post(BACKUP_KEYS_PATH, async (request, reply) => {
    if (!isCommandLine(request.headers.authorization)) return reply.code(401).send()
    const asked = backupSchema.safeParse(request.body)
    if (!asked.success) return reply.code(400).send()
    await deps.putKeysInto(asked.data.file)
    return reply.send({})
  })
}

const headsToJson = ({ deviceId, name, heads }: DeviceHeads): PeerHeads => ({
  device_id: deviceId,
  name,
  heads: heads.map(({ origin, seq, hash }) => {
    return { origin, seq, hash: Buffer.from(hash).toString('hex') }
  }),
})
