import { request } from 'node:https'
import type { PeerCertificate } from 'node:tls'
import type { HostAndPort } from '../../../sync/address.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'

/** A message to the terminal and its answer, over TLS with a certificate of Adyen's own root. */
export type PostNexo = (body: string, signal: AbortSignal) => Promise<Result<string, PostFailure>>

export interface PostFailure {
  /** False: nobody answered there, and nothing was sent. */
  readonly wasSent: boolean
  readonly detail: string
}

const MAX_ANSWER_BYTES = 262_144

export function createNexoPost(options: {
  readonly address: HostAndPort
  /** The root certificates that a terminal's may come from, in PEM. */
  readonly ca: string
  /** Model and serial number, as its certificate names it. */
  readonly poiId: string
}): PostNexo {
  const { host, port } = options.address
  return (body, signal) =>
    new Promise((resolve) => {
      let wasSent = false
      const fail = (detail: string): void => resolve(refuse({ wasSent, detail }))
      const asking = request(
        {
          host,
          port,
          path: '/nexo',
          method: 'POST',
          ca: options.ca,
          // An address on the LAN is in no certificate: the terminal's own name is.
          checkServerIdentity: (_host, certificate) => nameFault(certificate, options.poiId),
          headers: { 'content-type': 'application/json' },
          agent: false,
          signal,
        },
        (answer) => {
          const parts: Buffer[] = []
          let bytes = 0
          answer.on('data', (part: Buffer) => {
            bytes += part.length
            if (bytes > MAX_ANSWER_BYTES) asking.destroy(new Error('the answer is too long'))
            else parts.push(part)
          })
          answer.on('error', (error) => fail(error.message))
          answer.on('end', () => {
            const { statusCode = 0 } = answer
            if (statusCode !== 200) return fail(`the terminal answered ${statusCode}`)
            resolve(ok(Buffer.concat(parts).toString('utf8')))
          })
        },
      )
      asking.on('error', (error) => fail(error.message))
      // Nothing leaves before the terminal has proven who it is.
      asking.on('socket', (socket) =>
        socket.once('secureConnect', () => {
          wasSent = true
          asking.end(body)
        }),
      )
    })
}

function nameFault({ subject }: PeerCertificate, poiId: string): Error | undefined {
  const name = String(subject?.CN ?? '')
  const isOurs = ['test', 'live'].some(
    (fleet) =>
      name === `${poiId}.${fleet}.terminal.adyen.com` ||
      name === `legacy-terminal-certificate.${fleet}.terminal.adyen.com`,
  )
  return isOurs ? undefined : new Error('the certificate is of another terminal')
}
