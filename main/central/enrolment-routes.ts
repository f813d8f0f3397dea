import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Credentials } from '../../db/postgres/credentials.ts'
import type { CodeTries } from '../../db/postgres/code-tries.ts'
import {
  CHALLENGE_PATH,
  CREDENTIALS_PATH,
  credentialSchema,
  ENROLL_PATH,
  enrollSchema,
  proofText,
  type CentreIdentity,
  type EnrollAnswer,
} from '../../protocol/enrolment.ts'
import { isProofOf } from '../../sync/device-proof.ts'
import type { Logger } from '../logger.ts'
import { sendProblem } from './problem.ts'

export interface EnrolmentDeps {
  readonly credentials: Credentials
  /** Who the centre is in the store; null: it only keeps what it is given. */
  readonly identityIn: (storeId: string) => Promise<CentreIdentity | null>
  readonly codeTries: CodeTries
  readonly now: () => Date
  readonly logger: Logger
}

const MAX_BODY_BYTES = 4_096

/** How stores and devices come to speak here. */
export function addEnrolmentRoutes(app: FastifyInstance, deps: EnrolmentDeps): void {
  const { credentials, codeTries, identityIn, now, logger } = deps

  // A scope of its own: everything else here speaks msgpack.
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, next) =>
      next(null, parseJson(String(body))),
    )

    scope.post(ENROLL_PATH, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
      const wish = enrollSchema.safeParse(request.body)
      if (!wish.success) return badRequest(reply)
      const { code, store_id: storeId, device_id: deviceId, ...proof } = wish.data
      if (!isProofOf(deviceId, proofText(code, storeId, deviceId), proof)) return notProven(reply)
      const thisTry = await codeTries.begin(now())
      if (thisTry === null) return tooManyTries(reply)
      if (!(await credentials.enroll(code, storeId, deviceId, now()))) return wrongCode(reply)
      await thisTry.takeBack()
      logger.info('a store was enrolled', { request_id: request.id, storeId, deviceId })
      const credential = await credentials.issue(storeId, deviceId)
      return { credential, centre: await identityIn(storeId) } satisfies EnrollAnswer
    })

    scope.post(CHALLENGE_PATH, { bodyLimit: MAX_BODY_BYTES }, async () => ({
      challenge: await credentials.newChallenge(now()),
    }))

    scope.post(CREDENTIALS_PATH, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
      const wish = credentialSchema.safeParse(request.body)
      if (!wish.success) return badRequest(reply)
      const { challenge, store_id: storeId, device_id: deviceId, ...proof } = wish.data
      if (!isProofOf(deviceId, proofText(challenge, storeId, deviceId), proof)) {
        return notProven(reply)
      }
      if (!(await credentials.takeChallenge(challenge, now()))) return notProven(reply)
      if (!(await credentials.isEnrolled(storeId))) return notMember(reply)
      const membership = await credentials.membership(storeId, deviceId)
      if (membership !== 'member') return notMember(reply)
      return { credential: await credentials.issue(storeId, deviceId) }
    })
    done()
  })
}

/** What is no JSON fits no schema. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const badRequest = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, { status: 400, code: 'bad_request', detail: 'This is no such call.' })

const tooManyTries = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply.header('retry-after', '60'), {
    status: 429,
    code: 'too_many_tries',
    detail: 'Too many wrong codes were tried here. Wait a minute.',
  })

const wrongCode = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, {
    status: 403,
    code: 'wrong_enroll_code',
    detail: 'This code is not known, used up or too old, or the store is enrolled already.',
  })

const notProven = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, {
    status: 401,
    code: 'not_proven',
    detail: 'The device has not proved to hold its key.',
  })

const notMember = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, {
    status: 403,
    code: 'not_a_member',
    detail: 'The store that is enrolled here does not have this device in its roster.',
  })
