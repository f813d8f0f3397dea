import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import {
  deriveKeys,
  openMessage,
  sealMessage,
  securedMessage,
} from '../../../main/payments/adyen/secured-message.ts'
import { createAdyenProvider } from '../../../main/payments/adyen/provider.ts'
import { createNexoPost } from '../../../main/payments/adyen/transport.ts'
import type { Fault, Step } from '../../../main/payments/simulated/terminal.ts'
import { passing, type StandIn, type StandInOptions } from './stand-in.ts'

/**
 * A terminal that speaks nexo as Adyen's documentation says: encrypted messages over TLS, one payment
 * at a time, each known by the SaleID and ServiceID of its message for good. An abort is answered with
 * nothing. What is on the way when the power goes has never been.
 */
export interface AdyenTerminal {
  readonly port: number
  readonly charged: () => ReadonlyMap<string, number>
  /** What came in, decrypted. */
  readonly heard: readonly Nexo[]
  readonly stop: () => Promise<void>
}

interface Reference {
  readonly SaleID: string
  readonly ServiceID: string
}

/** What we are asked, as far as it is looked at. */
export interface Nexo {
  readonly MessageHeader: Reference & { readonly MessageCategory: string }
  readonly PaymentRequest?: {
    readonly SaleData: { readonly SaleTransactionID: { readonly TransactionID: string } }
    readonly PaymentTransaction: {
      readonly AmountsReq: { readonly Currency: string; readonly RequestedAmount: number }
    }
    readonly PaymentData?: { readonly PaymentType: string }
  }
  readonly ReversalRequest?: {
    readonly OriginalPOITransaction: {
      readonly POITransactionID: { readonly TransactionID: string }
    }
    readonly ReversedAmount: number
  }
  readonly TransactionStatusRequest?: { readonly MessageReference: Reference }
  readonly AbortRequest?: { readonly MessageReference: Reference }
}

/** What we answer. */
export interface Said {
  readonly [part: string]: unknown
  readonly PaymentResponse?: { readonly PaymentResult?: Record<string, unknown> }
}

export const POI_ID = 'P400Plus-123456789'
export const SHARED_KEY = { identifier: 'store-key', version: 1, passphrase: 'all tills know it' }
export const certificate = (name: 'root' | 'terminal' | 'terminal-key'): string =>
  readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8')

interface Wrapped {
  readonly SaleToPOIRequest: Nexo
}

interface Known {
  /** Null: the guest is at it. */
  response: object | null
  readonly ended: Set<() => void>
  isAborted: boolean
}

/** As a real one writes it: all but the ends masked. */
const MASKED = '411111 **** 1111'

export async function startAdyenTerminal({
  faultAt,
  slowMs,
  downMs,
  key = SHARED_KEY,
  rewrite = (response) => response,
}: StandInOptions & {
  readonly key?: typeof SHARED_KEY
  /** To answer what no terminal should. */
  readonly rewrite?: (response: Said) => Said
}): Promise<AdyenTerminal> {
  const keys = deriveKeys(key)
  const known = new Map<string, Known>()
  const charged = new Map<string, number>()
  const references = new Map<string, string>()
  const heard: Nexo[] = []
  const sockets = new Set<Socket>()
  let transactions = 0
  let isDown = false

  const server = createServer(
    { key: certificate('terminal-key'), cert: certificate('terminal') },
    (request, response) => void serve(request, response).catch(() => request.destroy()),
  )
  server.on('connection', (socket: Socket) => {
    if (isDown) return void socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  server.on('tlsClientError', (_error, socket) => socket.destroy())

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const part of request) body += String(part)
    const sealed = securedMessage.safeParse((JSON.parse(body) as Wrapped).SaleToPOIRequest)
    const opened = sealed.success ? openMessage(sealed.data, keys) : null
    if (!opened?.ok) return void response.writeHead(400).end()
    const message = (JSON.parse(opened.value) as Wrapped).SaleToPOIRequest
    heard.push(message)
    const step = STEPS[message.MessageHeader.MessageCategory] ?? 'pay'
    const before = faultAt(`${kindOf(message, step)}: asked` as Step)
    if (before === 'lost') return void request.destroy()
    if (before === 'power_cut') return cutPower()
    const answer = await answerTo(message, before)
    const after = faultAt(`${kindOf(message, step)}: done` as Step)
    if (after === 'lost') return void request.destroy()
    if (after === 'power_cut') return cutPower()
    if (after === 'slow') await passing(slowMs)
    if (answer === null) return void response.writeHead(200).end()
    const header = { ...message.MessageHeader, MessageType: 'Response' }
    const said = { SaleToPOIResponse: rewrite({ MessageHeader: header, ...answer }) }
    const secured = sealMessage(JSON.stringify(said), header, keys)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ SaleToPOIResponse: secured }))
  }

  /** Null: nothing is answered. */
  async function answerTo(message: Nexo, fault: Fault): Promise<object | null> {
    const { TransactionStatusRequest: status, AbortRequest: abort } = message
    if (status) return { TransactionStatusResponse: statusOf(status.MessageReference) }
    if (!abort) return transact(message, fault)
    const held = known.get(keyOf(abort.MessageReference))
    if (held?.response === null) held.isAborted = true
    for (const end of held?.ended ?? []) end()
    return null
  }

  function statusOf(reference: Reference): object {
    const held = known.get(keyOf(reference))
    if (held === undefined) return failure('NotFound')
    if (held.response === null) return failure('InProgress')
    return {
      Response: { Result: 'Success' },
      RepeatedMessageResponse: {
        MessageHeader: { ...reference, POIID: POI_ID },
        RepeatedResponseMessageBody: held.response,
      },
    }
  }

  async function transact(message: Nexo, fault: Fault): Promise<object> {
    const name = message.ReversalRequest ? 'ReversalResponse' : 'PaymentResponse'
    const isBusy = [...known.values()].some(({ response }) => response === null)
    if (isBusy) return { [name]: failure('Busy') }
    const id = keyOf(message.MessageHeader)
    if (known.has(id)) return { [name]: failure('NotAllowed', 'message=Duplicate ServiceID') }
    const mine: Known = { response: null, ended: new Set(), isAborted: false }
    known.set(id, mine)
    if (fault === 'slow') {
      await Promise.race([passing(slowMs), new Promise<void>((end) => mine.ended.add(end))])
    } else await new Promise(setImmediate)
    // The power went: what was on the way has never been.
    if (known.get(id) !== mine) throw new Error('no power')
    mine.response = { [name]: mine.isAborted ? failure('Aborted') : outcomeOf(message, fault) }
    return mine.response
  }

  function outcomeOf(message: Nexo, fault: Fault): object {
    if (fault === 'declined') return failure('Refusal', 'refusalReason=Not%20enough%20balance')
    if (fault === 'timeout') return failure('Cancel', 'message=Timeout')
    if (message.ReversalRequest) return reverse(message.ReversalRequest)
    if (!message.PaymentRequest) return failure('MessageFormat')
    const { SaleData: sale, PaymentTransaction: wish, PaymentData: data } = message.PaymentRequest
    const reference = sale.SaleTransactionID.TransactionID
    const { RequestedAmount: wanted, Currency: currency } = wish.AmountsReq
    const asked = minor(wanted)
    if (data?.PaymentType === 'Refund') {
      charged.set(reference, (charged.get(reference) ?? 0) - asked)
      return { Response: { Result: 'Success' }, POIData: transaction(reference) }
    }
    const approved = fault === 'partial' ? Math.ceil(asked / 2) : asked
    charged.set(reference, approved)
    return {
      Response: { Result: approved < asked ? 'Partial' : 'Success' },
      POIData: transaction(reference),
      PaymentResult: {
        OnlineFlag: true,
        PaymentAcquirerData: { ApprovalCode: '123456' },
        AmountsResp: { Currency: currency, AuthorizedAmount: approved / 100 },
        PaymentInstrumentData: { CardData: { MaskedPan: MASKED, PaymentBrand: 'visa' } },
      },
    }
  }

  function reverse({
    OriginalPOITransaction: original,
    ReversedAmount: amount,
  }: NonNullable<Nexo['ReversalRequest']>): object {
    const reference = references.get(original.POITransactionID.TransactionID)
    const left = charged.get(reference ?? '') ?? 0
    if (reference === undefined || minor(amount) > left) {
      return failure('Refusal', 'message=More%20than%20was%20charged')
    }
    charged.set(reference, left - minor(amount))
    return { Response: { Result: 'Success' }, POIData: transaction(reference) }
  }

  function transaction(reference: string): object {
    transactions += 1
    const id = `BV0q00${1_643_892_070_000 + transactions}.HT8PGTTKKXLB${transactions}`
    references.set(id, reference)
    return { POITransactionID: { TransactionID: id, TimeStamp: new Date().toISOString() } }
  }

  function cutPower(): void {
    isDown = true
    for (const socket of sockets) socket.destroy()
    for (const [id, { response, ended }] of known) {
      if (response !== null) continue
      known.delete(id)
      for (const end of ended) end()
    }
    setTimeout(() => (isDown = false), downMs).unref()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    charged: () => charged,
    heard,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const STEPS: Readonly<Record<string, string>> = {
  Payment: 'pay',
  Reversal: 'refund',
  TransactionStatus: 'status',
  Abort: 'cancel',
}

const kindOf = (message: Nexo, step: string): string =>
  message.PaymentRequest?.PaymentData?.PaymentType === 'Refund' ? 'refund' : step

const keyOf = ({ SaleID, ServiceID }: Reference): string => `${SaleID}/${ServiceID}`

const minor = (amount: number): number => Math.round(amount * 100)

const failure = (ErrorCondition: string, AdditionalResponse = ''): object => ({
  Response: { Result: 'Failure', ErrorCondition, AdditionalResponse },
})

/** The terminal, and our provider that speaks with it. */
export async function standInForAdyen(options: StandInOptions): Promise<StandIn> {
  const terminal = await startAdyenTerminal(options)
  const address = { host: '127.0.0.1', port: terminal.port }
  const provider = createAdyenProvider({
    saleId: 'till',
    poiId: POI_ID,
    key: SHARED_KEY,
    post: createNexoPost({ address, ca: certificate('root'), poiId: POI_ID }),
    settleMs: 5,
  })
  return { provider, charged: terminal.charged, stop: terminal.stop }
}
