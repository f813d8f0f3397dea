import { z } from 'zod'

/**
 * How a device joins while peers listen on loopback alone: the code goes over the socket as it is,
 * which loopback permits and a network would not. One request, one answer, JSON, over HTTP on the
 * peer port: `POST /pair`.
 */
export const PAIR_PATH = '/pair'

export const pairRequestSchema = z.strictObject({
  code: z.string().regex(/^\d{8}$/),
  deviceId: z.string().min(1).max(80),
  origin: z.string().min(1).max(80),
  name: z.string().trim().min(1).max(120),
  role: z.enum(['terminal', 'kitchen']),
})
export type PairRequest = z.infer<typeof pairRequestSchema>

export const pairAnswerSchema = z.strictObject({
  storeId: z.string().min(1),
  storeName: z.string().min(1),
  /** What the new device puts in front of its order numbers. */
  code: z.string().min(1),
  upstreamToken: z.string().min(1),
  centralUrl: z.string().nullable(),
  /** The member that let it in: the first address to dial. */
  peer: z.string().min(1),
})
export type PairAnswer = z.infer<typeof pairAnswerSchema>

/** What a running member answers to `pair --show`. */
export interface PairingCode {
  readonly code: string
  readonly peer: string
  readonly expires_at: string
}
