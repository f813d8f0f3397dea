import { connect, type TLSSocket } from 'node:tls'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  PAIRING_PROTOCOL,
  type Newcomer,
  type PairAnswer,
  type PairMessage,
} from '../../protocol/pairing.ts'
import type { HostAndPort } from '../address.ts'
import type { DeviceKeys, KeyIdentity } from '../device-keys.ts'
import { DIAL_TIMEOUT_MS } from '../limits.ts'
import { messageOf } from '../logger.ts'
import { clientTls, identityOfPeer, PAIR_ALPN } from '../peer-tls.ts'
import { openPairChannel, type PairChannel } from './channel.ts'
import { codeSecrets, pairingTranscript } from './code-secrets.ts'
import { drawScalar, isSameProof, proverProofs, proverShare } from './spake2plus.ts'

export interface Joining {
  readonly address: HostAndPort
  /** The new device's. */
  readonly keys: DeviceKeys
  /** What a person read from the member's screen. */
  readonly code: string
  readonly newcomer: Newcomer
}

export interface Joined {
  readonly answer: PairAnswer
  /** Who let us in: the one device that is trusted until the roster has arrived. */
  readonly memberId: string
}

/** The new device's half of a joining. What is refused, is refused in a sentence for people. */
export async function joinStore(joining: Joining): Promise<Result<Joined, string>> {
  const dialled = await dial(joining)
  if (!dialled.ok) return dialled
  const { socket, member } = dialled.value
  const channel = openPairChannel(socket)
  try {
    return await converse(channel, member, joining)
  } finally {
    channel.end()
  }
}

async function converse(
  channel: PairChannel,
  member: KeyIdentity,
  { keys, code, newcomer }: Joining,
): Promise<Result<Joined, string>> {
  const ends = { joiner: keys.keyHash, member: member.keyHash }
  const secrets = await codeSecrets(code, ends)
  const x = drawScalar()
  channel.send({ type: 'share', protocol: PAIRING_PROTOCOL, share: proverShare(secrets, x) })

  const first = await channel.receive()
  if (first?.type !== 'proof') return refuse(sentenceOf(first))
  const proofs = proverProofs(pairingTranscript(ends), secrets, x, first.share)
  // Nothing is told to a member that cannot prove the code: it may be none.
  if (proofs === null || !isSameProof(first.proof, proofs.confirmV)) {
    return refuse(
      `The code is wrong, or somebody stands between this device and the member. ${triesSentence(first.triesLeft)}`,
    )
  }
  channel.send({ type: 'join', proof: proofs.confirmP, newcomer })

  const second = await channel.receive()
  if (second?.type !== 'joined') return refuse(sentenceOf(second))
  return ok({ answer: second.answer, memberId: member.deviceId })
}

const triesSentence = (left: number): string =>
  left === 0 ? 'This was the last try: show a new code.' : `Tries left: ${left}.`

const sentenceOf = (message: PairMessage | null): string =>
  message?.type === 'refused' ? message.reason : 'The member broke off.'

/** What a person at the new device can do something about. */
function whyUnreachable(error: Error): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ECONNREFUSED':
      return 'nothing listens there. Look at the port once more'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return 'it is not on this network, or switched off'
    case 'ENOTFOUND':
      return 'there is no such name on this network'
    default:
      return messageOf(error)
  }
}

function dial({ address, keys }: Joining) {
  const { host, port } = address
  type Dialled = Result<{ readonly socket: TLSSocket; readonly member: KeyIdentity }, string>
  return new Promise<Dialled>((resolve) => {
    const socket = connect({ host, port, ...clientTls(keys, PAIR_ALPN) })
    const fail = (why: string) => {
      socket.destroy()
      resolve(refuse(`No device answers at ${host}:${port}: ${why}.`))
    }
    socket.setTimeout(DIAL_TIMEOUT_MS, () => fail('it takes too long'))
    socket.on('error', (error) => fail(whyUnreachable(error)))
    socket.once('secureConnect', () => {
      socket.setTimeout(0)
      const member = identityOfPeer(socket)
      if (member === null || socket.alpnProtocol !== PAIR_ALPN) return fail('it speaks otherwise')
      resolve(ok({ socket, member }))
    })
  })
}
