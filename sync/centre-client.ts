import type { CustomerKey } from '../domain/customer-keys.ts'
import type { EntryRange, Frontier, HeldHash } from '../domain/log.ts'
import { refuse, type Result } from '../domain/result.ts'
import {
  decodeLookUpAnswer,
  encodeLookUp,
  UPSTREAM_ORDERS_PATH,
  type LookUp,
  type LookUpAnswer,
} from '../protocol/look-up.ts'
import {
  decodeKeyAnswer,
  decodeUploadAnswer,
  encodeKeyUpload,
  UPSTREAM_CONTENT_TYPE,
  UPSTREAM_ENTRIES_PATH,
  UPSTREAM_FRONTIER_PATH,
  UPSTREAM_KEYS_PATH,
  type UploadAnswer,
} from '../protocol/upstream.ts'
import {
  decodeHashesAnswer,
  encodeHashesAsked,
  UPSTREAM_HASHES_PATH,
} from '../protocol/held-hashes.ts'
import {
  decodeLinkAnswer,
  encodeLinkAsked,
  UPSTREAM_LINKS_PATH,
} from '../protocol/tracking-links.ts'
import { MAX_LOOK_UP_ANSWER_BYTES, MAX_UPLOAD_ANSWER_BYTES } from './limits.ts'
import { messageOf } from './logger.ts'
import { uploadToBytes } from './upload-bytes.ts'
import type { UploadFailure } from './upload-plan.ts'

/** The calls to the centre, each with a time limit and a bounded answer. Neither throws. */
export interface CentreClient {
  readonly askFrontier: () => Promise<CentreResult>
  readonly upload: (ranges: readonly EntryRange[]) => Promise<CentreResult>
  /** Brings keys of customers, and is given those that are wanted and held there. */
  readonly exchangeKeys: (
    keys: readonly CustomerKey[],
    wanted: readonly string[],
  ) => Promise<CentreAnswer<CustomerKey[]>>
  /** Orders that have left this device. */
  readonly lookUp: (wish: LookUp['wish']) => Promise<CentreAnswer<LookUpAnswer>>
  /** Of the page that a guest follows an order on; null: it gives out none. */
  readonly askLink: (orderId: string) => Promise<CentreAnswer<{ readonly url: string | null }>>
  /** What it holds under these numbers of the store's logs. */
  readonly askHashes: (at: Frontier) => Promise<CentreAnswer<HeldHash[]>>
}

type CentreAnswer<T> = Result<T, { readonly failure: UploadFailure; readonly message: string }>
export type CentreResult = CentreAnswer<UploadAnswer>

export interface CentreClientDeps {
  readonly url: string
  readonly token: string
  readonly storeId: string
  readonly deviceId: string
  readonly fetch: typeof globalThis.fetch
  readonly timeoutMs: number
  /** Ends calls that are under way. */
  readonly signal: AbortSignal
}

export function createCentreClient(deps: CentreClientDeps): CentreClient {
  const { storeId, deviceId, timeoutMs } = deps
  const headers = {
    authorization: `Bearer ${deps.token}`,
    accept: UPSTREAM_CONTENT_TYPE,
    'content-type': UPSTREAM_CONTENT_TYPE,
  }

  async function call<T>(
    path: string,
    init: RequestInit,
    decode: (bytes: Uint8Array) => T | null,
    maxBytes: number,
  ): Promise<CentreAnswer<T>> {
    const timeOut = AbortSignal.timeout(timeoutMs)
    try {
      const signal = AbortSignal.any([deps.signal, timeOut])
      const response = await deps.fetch(new URL(path, deps.url), {
        ...init,
        headers,
        signal,
        redirect: 'error',
      })
      if (!response.ok) {
        await response.body?.cancel()
        return failed(...failureOf(response.status))
      }
      const bytes = await readBounded(response, maxBytes)
      const answer = bytes === null ? null : decode(bytes)
      if (answer !== null) return { ok: true, value: answer }
      return failed('unavailable', 'what answers there is not a centre of this version')
    } catch (error) {
      if (timeOut.aborted)
        return failed('unavailable', `the centre did not answer in ${timeoutMs} ms`)
      return failed('unavailable', `the centre cannot be reached: ${causeOf(error)}`)
    }
  }

  return {
    askFrontier: () =>
      call(
        `${UPSTREAM_FRONTIER_PATH}?store_id=${encodeURIComponent(storeId)}`,
        { method: 'GET' },
        decodeUploadAnswer,
        MAX_UPLOAD_ANSWER_BYTES,
      ),
    upload: (ranges) =>
      call(
        UPSTREAM_ENTRIES_PATH,
        {
          method: 'POST',
          body: uploadToBytes({ storeId, deviceId, ranges }) as Uint8Array<ArrayBuffer>,
        },
        decodeUploadAnswer,
        MAX_UPLOAD_ANSWER_BYTES,
      ),
    exchangeKeys: (keys, wanted) =>
      call(
        UPSTREAM_KEYS_PATH,
        {
          method: 'POST',
          body: encodeKeyUpload({ storeId, keys, wanted }) as Uint8Array<ArrayBuffer>,
        },
        decodeKeyAnswer,
        MAX_UPLOAD_ANSWER_BYTES,
      ),
    lookUp: (wish) =>
      call(
        UPSTREAM_ORDERS_PATH,
        {
          method: 'POST',
          body: encodeLookUp({ storeId, wish }) as Uint8Array<ArrayBuffer>,
        },
        decodeLookUpAnswer,
        MAX_LOOK_UP_ANSWER_BYTES,
      ),
    askLink: (orderId) =>
      call(
        UPSTREAM_LINKS_PATH,
        {
          method: 'POST',
          body: encodeLinkAsked({ storeId, orderId }) as Uint8Array<ArrayBuffer>,
        },
        decodeLinkAnswer,
        MAX_UPLOAD_ANSWER_BYTES,
      ),
    askHashes: (at) =>
      call(
        UPSTREAM_HASHES_PATH,
        {
          method: 'POST',
          body: encodeHashesAsked({ storeId, at }) as Uint8Array<ArrayBuffer>,
        },
        decodeHashesAnswer,
        MAX_UPLOAD_ANSWER_BYTES,
      ),
  }
}

const failed = (
  failure: UploadFailure,
  message: string,
): Result<never, { readonly failure: UploadFailure; readonly message: string }> =>
  refuse({ failure, message })

function failureOf(status: number): [UploadFailure, string] {
  switch (status) {
    case 401:
    case 403:
      return ['unauthorised', `the centre does not accept this store's token (${status})`]
    case 400:
    case 409:
    case 422:
      return ['refused', `the centre refuses these entries (${status})`]
    case 413:
      return ['too_large', 'the centre finds the upload too large (413)']
    default:
      return status >= 500
        ? ['unavailable', `the centre has a fault of its own (${status})`]
        : ['unavailable', `the centre answered with status ${status}`]
  }
}

/** Null: longer than any true answer. */
async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** `fetch` says only "fetch failed"; what happened stands in the cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return messageOf(cause ?? error)
}
