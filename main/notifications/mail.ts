import { createTransport } from 'nodemailer'
import { isLoopback } from '../../sync/address.ts'
import type { Deliver } from './deliver.ts'
import { DELIVERY_TIMEOUT_MS } from './limits.ts'

export interface MailSettings {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; else it is asked for, and needed everywhere but on this computer. */
  readonly secure: boolean
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly from: string
}

/** Mail by SMTP. */
export function createMail(settings: MailSettings): Deliver {
  const { host, port, secure, user, password, from } = settings
  const domain = from.match(/@([\w.-]+)/)?.[1] ?? 'localhost'
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !isLoopback(host),
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: DELIVERY_TIMEOUT_MS,
    greetingTimeout: DELIVERY_TIMEOUT_MS,
    socketTimeout: DELIVERY_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async ({ id, to, subject, text, html }) => {
    try {
      await transport.sendMail({
        from,
        // As an object: what a guest typed is one address, and not a list of them.
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${id}@${domain}>`,
        // Nobody answers it by a machine.
        headers: { 'auto-submitted': 'auto-generated' },
      })
      return { kind: 'sent' }
    } catch (error) {
      const { responseCode, code } = error as { responseCode?: number; code?: string }
      // The server's own words may repeat the address.
      const detail = `the mail server answered ${responseCode ?? code ?? 'nothing'}`
      const isFinal = code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500
      return { kind: isFinal ? 'refused' : 'failed', detail }
    }
  }
}
