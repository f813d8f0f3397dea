import type { TLSSocket } from 'node:tls'
import type { Result } from '../../domain/result.ts'
import { PAIRING_PROTOCOL, type Newcomer, type PairAnswer } from '../../protocol/pairing.ts'
import type { KeyIdentity } from '../device-keys.ts'
import type { Logger } from '../logger.ts'
import { openPairChannel, type PairChannel } from './channel.ts'
import { codeSecrets, pairingTranscript } from './code-secrets.ts'
import { drawScalar, isSameProof, isShare, verifierProofs, verifierShare } from './spake2plus.ts'

/** Where codes are shown, and tries at them counted. */
export interface PairingDesk {
  /** Null: no code is being shown, or its tries are spent. */
  readonly takeTry: () => PairingTry | null
  /** The newcomer has proved the code of this try: into the roster with it, if it still counts. */
  readonly admit: (
    spent: PairingTry,
    joiner: KeyIdentity,
    newcomer: Newcomer,
  ) => Result<PairAnswer, string>
}

export interface PairingTry {
  readonly code: string
  /** After this one. */
  readonly triesLeft: number
}

export interface MemberDeps {
  readonly self: KeyIdentity
  readonly desk: PairingDesk
  readonly logger: Logger
}

/** The member's half of a joining: reads what the newcomer can prove, and lets it in or not. */
export async function servePairing(
  socket: TLSSocket,
  joiner: KeyIdentity,
  { self, desk, logger }: MemberDeps,
): Promise<void> {
  const channel = openPairChannel(socket)
  const admitted = await converse(channel, joiner, self, desk)
  const device = joiner.deviceId
  if (admitted.ok) {
    logger.info('a device has joined the store', { device })
    channel.send({ type: 'joined', answer: admitted.value })
  } else if (admitted.error !== null) {
    logger.warn('a device was not let in', { device, reason: admitted.error })
    channel.send({ type: 'refused', reason: admitted.error })
  }
  channel.end()
}

/** Null as error: the other side went away or said what cannot be answered. */
async function converse(
  channel: PairChannel,
  joiner: KeyIdentity,
  self: KeyIdentity,
  desk: PairingDesk,
): Promise<Result<PairAnswer, string | null>> {
  const first = await channel.receive()
  if (first?.type !== 'share') return NOT_ANSWERED
  if (first.protocol !== PAIRING_PROTOCOL) return refused('The two programs are of other versions.')
  if (!isShare(first.share)) return NOT_ANSWERED

  // Our proof lets the other side check one code, also if it then breaks off: a try is spent here.
  const spent = desk.takeTry()
  if (spent === null) {
    return refused(
      'No code is being shown on that device: it has expired, was used, or was tried too often. Show a new one there.',
    )
  }
  const ends = { joiner: joiner.keyHash, member: self.keyHash }
  const secrets = await codeSecrets(spent.code, ends)
  const y = drawScalar()
  const proofs = verifierProofs(pairingTranscript(ends), secrets, y, first.share)
  if (proofs === null) return NOT_ANSWERED
  const share = verifierShare(secrets, y)
  channel.send({ type: 'proof', share, proof: proofs.confirmV, triesLeft: spent.triesLeft })

  const second = await channel.receive()
  if (second?.type !== 'join') return NOT_ANSWERED
  if (!isSameProof(second.proof, proofs.confirmP)) return refused('The code is wrong.')
  return desk.admit(spent, joiner, second.newcomer)
}

const refused = (error: string) => ({ ok: false, error }) as const
const NOT_ANSWERED = { ok: false, error: null } as const
