import { createHash } from 'node:crypto'
import type { Store } from '../../db/sqlite/store.ts'
import { STORE_RECORD_ID } from '../../domain/catalog.ts'
import type { Customer } from '../../domain/customer.ts'
import type { JournalEvent, JournalLine } from '../../domain/journal.ts'
import {
  claimIdOf,
  nextNoticeStep,
  noticesOf,
  turnOf,
  type Notice,
} from '../../domain/notice-plan.ts'
import { messageTextId, usualText, type MessageText } from '../../domain/message-texts.ts'
import type { Language, NoticeChannel, NoticeEvent, NoticeOutcome } from '../../domain/notices.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { assert, ok } from '../../domain/result.ts'
import { isRevoked } from '../../domain/roster.ts'
import { backoffMs } from '../../sync/backoff.ts'
import { messageOf, type Logger } from '../logger.ts'
import type { Guests } from '../personal-data/guests.ts'
import { liveSubscriptions, openSubscription } from '../push/subscription.ts'
import type { Deliver, Delivery, Letter } from './deliver.ts'
import {
  LOOK_EVERY_MS,
  MAX_AT_ONCE,
  MAX_TRIES,
  MAX_WATCHED,
  RETRY_MAX_MS,
  RETRY_MIN_MS,
} from './limits.ts'
import { mailMessage, pushText, smsText } from './templates.ts'

export interface OutboxDeps {
  readonly store: Store
  readonly guests: Pick<Guests, 'customers' | 'book' | 'ring'>
  /** What this device can send by. */
  readonly carriers: Partial<Record<NoticeChannel, Deliver>>
  /** Where the customer's is not known. */
  readonly language: Language
  /** Of the page that a guest follows an order on. Null: nobody can say now. */
  readonly linkOf: (orderId: string) => Promise<string | null>
  readonly nowMs: () => number
  readonly newId: () => string
  readonly random: () => number
  readonly logger: Pick<Logger, 'warn' | 'error'>
  readonly lookEveryMs?: number
}

export interface Outbox {
  /** Messages that were tried and have not gone out yet. */
  readonly troubles: () => number
  readonly stop: () => Promise<void>
}

interface Try {
  readonly tries: number
  readonly notBeforeMs: number
}

/** Tells guests what becomes of their orders, for as long as the process runs: see notice-plan.ts. */
export function startOutbox(deps: OutboxDeps): Outbox {
  const { store, guests, carriers, nowMs, logger } = deps
  const channels = Object.keys(carriers) as NoticeChannel[]
  const watched = new Map<string, OrderView>()
  const tried = new Map<string, Try>()
  const underWay = new Map<string, Promise<void>>()
  let stopped = false

  function watch(orders: readonly OrderView[]): void {
    for (const order of orders) {
      watched.delete(order.id)
      if (noticesOf(order, channels).length > 0) watched.set(order.id, order)
    }
    for (const id of watched.keys()) {
      if (watched.size <= MAX_WATCHED) break
      watched.delete(id)
    }
  }

  function look(): void {
    if (stopped || isRevoked(store.catalog(), store.deviceId)) return
    for (const order of watched.values()) {
      const lines = store.journal.about(order.id)
      const open = noticesOf(order, channels).filter((notice) => !step(order, notice, lines))
      // It is watched again as soon as something happens to it.
      if (open.length === 0) watched.delete(order.id)
    }
  }

  /** True: there is nothing more to do here. */
  function step(order: OrderView, notice: Notice, lines: readonly JournalLine[]): boolean {
    if (underWay.has(notice.id)) return false
    const next = nextNoticeStep(notice, {
      lines,
      selfId: store.deviceId,
      turn: turnOf(store.catalog(), order, store.deviceId),
      nowMs: nowMs(),
    })
    switch (next.do) {
      case 'nothing':
        return true
      case 'wait':
        return false
      case 'expire':
        end(notice, 'expired', tried.get(notice.id)?.tries ?? 0, null)
        return true
      case 'claim': {
        const letters = lettersOf(order, notice, null)
        // Nobody to write to, or a key that has not come yet: the next look finds out.
        if (letters.length === 0) return !isReadable(order)
        const value = { deviceId: store.deviceId }
        write(notice, { kind: 'notice_claimed', id: claimIdOf(notice, lines), value })
        return false
      }
      case 'send':
        if ((tried.get(notice.id)?.notBeforeMs ?? 0) > nowMs()) return false
        if (underWay.size >= MAX_AT_ONCE) return false
        underWay.set(
          notice.id,
          send(order, notice)
            .catch((error: unknown) => {
              logger.error('a message to a guest failed', { detail: messageOf(error) })
            })
            .finally(() => underWay.delete(notice.id)),
        )
        return false
    }
  }

  const isReadable = (order: OrderView): boolean =>
    guests.customers.open(order.id, order.customer, order.customerId)?.locked !== true

  async function send(order: OrderView, notice: Notice): Promise<void> {
    const link = notice.channel === 'push' ? null : await deps.linkOf(order.id)
    const letters = lettersOf(order, notice, link)
    const deliver = carriers[notice.channel]
    const tries = (tried.get(notice.id)?.tries ?? 0) + 1
    if (letters.length === 0 || deliver === undefined) {
      // The guest has said meanwhile that he wants none, or was erased.
      return end(notice, 'refused', tries - 1, 'the guest is not written to there')
    }
    const deliveries = await Promise.all(letters.map(deliver))
    letters.forEach(({ subscriptionId }, index) => {
      if (deliveries[index]?.kind !== 'gone' || subscriptionId === undefined) return
      write(notice, { kind: 'push_ended', id: subscriptionId, value: { why: 'gone' } })
    })
    const delivery = bestOf(deliveries)
    if (stopped && delivery.kind === 'failed') return
    if (delivery.kind === 'sent') return end(notice, 'sent', tries, null)
    const { event, channel } = notice
    logger.warn('a message to a guest did not go out', {
      order: order.id,
      ...{ event, channel, tries, reason: delivery.detail },
    })
    if (delivery.kind !== 'failed' || tries >= MAX_TRIES) {
      return end(notice, 'refused', tries, delivery.detail)
    }
    const waitMs = backoffMs(tries, RETRY_MIN_MS, RETRY_MAX_MS, deps.random)
    tried.set(notice.id, { tries, notBeforeMs: nowMs() + waitMs })
  }

  /** One for each address: a guest has one of mail and one phone, and follows on any number of screens. */
  function lettersOf(order: OrderView, notice: Notice, link: string | null): Letter[] {
    const { id, event, channel } = notice
    const { customerId } = order
    const customer = guests.customers.open(order.id, order.customer, customerId)
    const record = customerId === null ? null : guests.book.record(customerId)
    if (record?.unwanted.includes(channel) === true) return []
    const addresses = channel === 'push' ? browsersOf(notice) : addressOf(customer, channel)
    if (addresses.length === 0) return []
    const language = record?.written?.value.language ?? deps.language
    const store_ = store.catalog().store.get(STORE_RECORD_ID)?.name ?? ''
    const facts = { store: store_, order: order.number, name: customer?.name ?? null, link }
    const wording = { language, words: wordsOf(event, language) }
    const letterId = createHash('sha256').update(`${store.storeId}\n${id}`).digest('hex')
    const message = mailMessage(wording, facts)
    const text =
      channel === 'email'
        ? message.text
        : channel === 'sms'
          ? smsText(wording, facts)
          : pushText(wording, facts)
    return addresses.map((address) => ({ ...message, text, id: letterId.slice(0, 40), ...address }))
  }

  function wordsOf(event: NoticeEvent, language: Language): MessageText {
    const id = messageTextId(event, language)
    const words = store.catalog().message_text.get(id) ?? usualText(id)
    assert(words, 'there are words for each event in each language')
    return words
  }

  /** Whoever began to follow the order after it happened has seen it on the page. */
  function browsersOf({ orderId, atMs }: Notice): Address[] {
    const find = (keyId: string) => guests.ring.find(keyId) ?? guests.book.open(keyId)
    return liveSubscriptions(store.journal.about(orderId)).flatMap((line) => {
      const browser = Date.parse(line.at) > atMs ? null : openSubscription(line, find)
      return browser === null ? [] : [{ to: JSON.stringify(browser), subscriptionId: line.id }]
    })
  }

  function end(notice: Notice, outcome: NoticeOutcome, tries: number, detail: string | null): void {
    tried.delete(notice.id)
    write(notice, { kind: 'notice_ended', id: notice.id, value: { outcome, tries, detail } })
  }

  type Line = Pick<
    JournalEvent & { kind: `notice_${string}` | 'push_ended' },
    'kind' | 'id' | 'value'
  >

  function write(notice: Notice, line: Line): void {
    if (stopped && line.kind === 'notice_claimed') return
    const at = new Date(nowMs()).toISOString()
    const stamp = { id: deps.newId(), at, actor: `device:${store.deviceId}` }
    const event = { type: 'journal.written', about: notice.orderId, ...line } as JournalEvent
    store.writeJournal(stamp, () => ok([event]))
  }

  watch(store.openOrders())
  const unsubscribe = store.onCommit(({ orders }) => watch(orders))
  const timer = setInterval(() => {
    try {
      look()
    } catch (error) {
      // A disk that fails, fails here as well: the next look is soon enough.
      logger.error('the messages to guests stand still', { detail: messageOf(error) })
    }
  }, deps.lookEveryMs ?? LOOK_EVERY_MS)
  return {
    troubles: () => tried.size,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      unsubscribe()
      await Promise.all(underWay.values())
    },
  }
}

type Address = Pick<Letter, 'to' | 'subscriptionId'>

function addressOf(customer: Customer | null, channel: NoticeChannel): Address[] {
  const to = channel === 'email' ? customer?.email : customer?.phone
  return to === undefined ? [] : [{ to }]
}

const BEST: Readonly<Record<Delivery['kind'], number>> = { sent: 0, failed: 1, refused: 2, gone: 3 }

/** The guest knows once one of them has come; as long as one may still come, it is tried. */
function bestOf(deliveries: readonly Delivery[]): Delivery {
  const [best] = deliveries.toSorted((a, b) => BEST[a.kind] - BEST[b.kind])
  assert(best !== undefined, 'something was delivered')
  return best
}
