import { z } from 'zod'

/**
 * How a store and its devices come to speak at a centre, in JSON.
 *
 *     POST /api/v1/enroll                  a code of the centre's, and the first device's proof
 *     POST /api/v1/credentials/challenge   something to sign
 *     POST /api/v1/credentials             the proof of a device that is in the store's roster
 *
 * The first and the last answer with a credential; the first also with who the centre is in the
 * store, so that the device lets it in. A proof is a signature with the device's key,
 * whose hash its id is: nobody else can show it.
 */
export const ENROLL_PATH = '/api/v1/enroll'
export const CHALLENGE_PATH = '/api/v1/credentials/challenge'
export const CREDENTIALS_PATH = '/api/v1/credentials'

const id = z.string().min(1).max(120)
const base64url = z
  .string()
  .regex(/^[\w-]+$/)
  .max(400)

const proofSchema = {
  store_id: id,
  device_id: z.string().regex(/^[0-9a-f]{32}$/),
  /** SubjectPublicKeyInfo. */
  public_key: base64url,
  /** ECDSA P-256 over SHA-256, in DER. */
  signature: base64url,
}
export const enrollSchema = z.strictObject({ code: z.string().regex(/^\d{8}$/), ...proofSchema })
export const credentialSchema = z.strictObject({ challenge: base64url, ...proofSchema })

export const challengeAnswerSchema = z.object({ challenge: base64url })
export const credentialAnswerSchema = z.object({ credential: base64url })

/** What the roster needs of the centre. */
const centreIdentitySchema = z.object({
  device_id: z.string().regex(/^[0-9a-f]{32}$/),
  public_key: base64url,
  origin: z.string().min(1).max(80),
})
export type CentreIdentity = z.infer<typeof centreIdentitySchema>

/** `centre` is null, or absent, where it only keeps what it is given. */
export const enrollAnswerSchema = credentialAnswerSchema.extend({
  centre: centreIdentitySchema.nullable().default(null),
})
export type EnrollAnswer = z.infer<typeof enrollAnswerSchema>

/** What is signed; `about` is the code or the challenge. */
export const proofText = (about: string, storeId: string, deviceId: string): string =>
  ['aura centre proof 1', about, storeId, deviceId].join('\n')
