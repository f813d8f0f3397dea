import type { Store } from '../../db/sqlite/store.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../logger.ts'
import { newId } from '../new-id.ts'
import type { Guests } from '../personal-data/guests.ts'
import { createMail } from './mail.ts'
import { startOutbox, type Outbox, type OutboxDeps } from './outbox.ts'
import { createPush } from './push.ts'
import { createSms } from './sms.ts'

interface NoticesDeps {
  readonly store: Store
  readonly guests: Pick<Guests, 'customers' | 'book' | 'ring'>
  readonly config: Config['notifications']
  readonly linkOf: OutboxDeps['linkOf']
  readonly logger: Logger
}

/** As this device is set up: a channel that is not named, or not set up, sends nothing. */
export function startNotices({ store, guests, config, linkOf, logger }: NoticesDeps): Outbox {
  const { enabled, channels, email, sms, push, language } = config
  const may = (channel: (typeof channels)[number]) => enabled && channels.includes(channel)
  return startOutbox({
    ...{ store, guests, language, linkOf, logger, newId, nowMs: Date.now, random: Math.random },
    carriers: {
      ...(email !== null && may('email') && { email: createMail(email) }),
      ...(sms !== null && may('sms') && { sms: createSms(sms) }),
      ...(push !== null &&
        may('push') && {
          push: createPush({
            ...{ subject: push.subject, privateHosts: push.private_hosts },
            ...{ publicKey: push.public_key, privateKey: push.private_key },
          }),
        }),
    },
  })
}
