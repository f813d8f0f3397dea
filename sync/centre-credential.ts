import { z } from 'zod'
import {
  CHALLENGE_PATH,
  challengeAnswerSchema,
  credentialAnswerSchema,
  CREDENTIALS_PATH,
  ENROLL_PATH,
  enrollAnswerSchema,
  proofText,
  type EnrollAnswer,
} from '../protocol/enrolment.ts'
import { refuse, type Result } from '../domain/result.ts'
import type { DeviceKeys } from './device-keys.ts'
import { proveDevice } from './device-proof.ts'
import { messageOf, type Logger } from './logger.ts'

/**
 * A device's own credential at the centre. Calls carry it; where the centre does not take it, or the
 * device has none yet, the device proves who it is by its key and is given a new one. So a device
 * that joins an enrolled store needs nothing but to be in its roster.
 */
export interface CredentialDeps {
  readonly url: string
  readonly storeId: string
  readonly keys: DeviceKeys
  readonly credential: {
    readonly read: () => string | null
    readonly write: (credential: string) => void
  }
  readonly fetch: typeof globalThis.fetch
  readonly monotonicNow: () => number
  readonly logger: Logger
}

/** A centre that has just said no is not asked again at once. */
const ASK_AGAIN_MS = 5_000
const TIMEOUT_MS = 10_000

/** `fetch` for calls to the centre: with the credential in place of what the caller shows. */
export function createCentreFetch(deps: CredentialDeps): typeof globalThis.fetch {
  let asking: Promise<boolean> | null = null
  let notBeforeMs = 0

  async function renew(): Promise<boolean> {
    if (deps.monotonicNow() < notBeforeMs) return false
    notBeforeMs = deps.monotonicNow() + ASK_AGAIN_MS
    const asked = await askForCredential(deps)
    if (!asked.ok) {
      deps.logger.warn('the centre gives this device no credential', { reason: asked.error })
      return false
    }
    deps.credential.write(asked.value)
    notBeforeMs = 0
    return true
  }

  function withCredential(init: RequestInit | undefined): RequestInit | undefined {
    const credential = deps.credential.read()
    if (credential === null) return init
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${credential}`)
    return { ...init, headers }
  }

  return async (input, init) => {
    const response = await deps.fetch(input, withCredential(init))
    if (response.status !== 401) return response
    asking ??= renew().finally(() => {
      asking = null
    })
    if (!(await asking)) return response
    await response.body?.cancel()
    return deps.fetch(input, withCredential(init))
  }
}

type Asked = Result<string, string>
type CallDeps = Pick<CredentialDeps, 'url' | 'storeId' | 'keys' | 'fetch'>

async function askForCredential(deps: CallDeps): Promise<Asked> {
  const challenged = await call(deps, CHALLENGE_PATH, {}, challengeAnswerSchema)
  if (!challenged.ok) return challenged
  const { challenge } = challenged.value
  const schema = credentialAnswerSchema
  const answered = await callProven(deps, CREDENTIALS_PATH, challenge, { challenge }, schema)
  return answered.ok ? { ok: true, value: answered.value.credential } : answered
}

/** Ties the store to the centre by a code that the centre shows. */
export const enrollStore = (deps: CallDeps, code: string): Promise<Result<EnrollAnswer, string>> =>
  callProven(deps, ENROLL_PATH, code, { code }, enrollAnswerSchema)

function callProven<T>(
  deps: CallDeps,
  path: string,
  about: string,
  more: object,
  schema: z.ZodType<T>,
): Promise<Result<T, string>> {
  const { storeId, keys } = deps
  const proof = proveDevice(keys, proofText(about, storeId, keys.deviceId))
  return call(
    deps,
    path,
    { ...more, store_id: storeId, device_id: keys.deviceId, ...proof },
    schema,
  )
}

async function call<T>(
  deps: CallDeps,
  path: string,
  body: object,
  schema: z.ZodType<T>,
): Promise<Result<T, string>> {
  try {
    const response = await deps.fetch(new URL(path, deps.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    })
    const answer: unknown = await response.json()
    if (!response.ok) return refuse(problemSchema.parse(answer).detail)
    return { ok: true, value: schema.parse(answer) }
  } catch (error) {
    return refuse(`the centre cannot be reached: ${messageOf(error)}`)
  }
}

const problemSchema = z.object({ detail: z.string() })
