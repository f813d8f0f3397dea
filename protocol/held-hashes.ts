import { z } from 'zod'
import type { Frontier, HeldHash } from '../domain/log.ts'
import { MAX_ORIGINS } from './limits.ts'
import { UPSTREAM_PROTOCOL } from './upstream.ts'
import { frontierSchema, frontierToWire, originSchema, pack, seqSchema, unpackAs } from './wire.ts'

/**
 * `POST /api/v1/upstream/hashes`: what the centre holds under some numbers of a store's logs, for a
 * device that checks its own file against it. Of each log the number that was asked for, or the last
 * one that the centre holds where that is less.
 */
export const UPSTREAM_HASHES_PATH = '/api/v1/upstream/hashes'

export interface HashesAsked {
  readonly storeId: string
  readonly at: Frontier
}

export const hashesAskedSchema = z
  .tuple([z.literal(UPSTREAM_PROTOCOL), z.string().min(1).max(120), frontierSchema])
  .transform(([, storeId, at]): HashesAsked => ({ storeId, at }))

const heldHashSchema = z
  .tuple([originSchema, seqSchema, z.instanceof(Uint8Array), seqSchema])
  .transform(([origin, seq, hash, headSeq]): HeldHash => ({ origin, seq, hash, headSeq }))

export const hashesAnswerSchema = z
  .tuple([z.literal(UPSTREAM_PROTOCOL), z.array(heldHashSchema).max(MAX_ORIGINS)])
  .transform(([, held]) => held)

export const encodeHashesAsked = ({ storeId, at }: HashesAsked): Uint8Array =>
  pack([UPSTREAM_PROTOCOL, storeId, frontierToWire(at)])
export const encodeHashesAnswer = (held: readonly HeldHash[]): Uint8Array =>
  pack([UPSTREAM_PROTOCOL, held.map((one) => [one.origin, one.seq, one.hash, one.headSeq])])
/** Null for anything that is not of this protocol. */
export const decodeHashesAsked = (bytes: Uint8Array): HashesAsked | null =>
  unpackAs(hashesAskedSchema, bytes)
export const decodeHashesAnswer = (bytes: Uint8Array): HeldHash[] | null =>
  unpackAs(hashesAnswerSchema, bytes)
