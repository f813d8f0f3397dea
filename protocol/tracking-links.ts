import { z } from 'zod'
import { UPSTREAM_PROTOCOL } from './upstream.ts'
import { pack, unpackAs } from './wire.ts'

/**
 * `POST /api/v1/upstream/links`: the page on which a guest follows an order, for a device that writes
 * to the guest. The centre alone can make such a link. Null: this centre gives out none.
 */
export const UPSTREAM_LINKS_PATH = '/api/v1/upstream/links'

export interface LinkAsked {
  readonly storeId: string
  readonly orderId: string
}

const short = z.string().min(1).max(120)
export const linkAskedSchema = z
  .tuple([z.literal(UPSTREAM_PROTOCOL), short, short])
  .transform(([, storeId, orderId]): LinkAsked => ({ storeId, orderId }))
export const linkAnswerSchema = z
  .tuple([z.literal(UPSTREAM_PROTOCOL), z.url().max(2_000).nullable()])
  .transform(([, url]) => ({ url }))

export const encodeLinkAsked = ({ storeId, orderId }: LinkAsked): Uint8Array =>
  pack([UPSTREAM_PROTOCOL, storeId, orderId])
export const encodeLinkAnswer = (url: string | null): Uint8Array => pack([UPSTREAM_PROTOCOL, url])
/** Null for anything that is not of this protocol. */
export const decodeLinkAsked = (bytes: Uint8Array): LinkAsked | null =>
  unpackAs(linkAskedSchema, bytes)
export const decodeLinkAnswer = (bytes: Uint8Array): { readonly url: string | null } | null =>
  unpackAs(linkAnswerSchema, bytes)
