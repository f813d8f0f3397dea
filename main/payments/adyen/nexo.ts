import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Asked } from '../provider.ts'
import { toDecimal } from './decimal-amount.ts'
import { unpackTransaction } from './transaction-id.ts'

/** What Adyen's Terminal API says and understands, as far as we speak it (nexo protocol 3.0). */

export interface Speakers {
  /** This device. */
  readonly saleId: string
  readonly poiId: string
}

type Category = 'Payment' | 'Reversal' | 'TransactionStatus' | 'Abort'

export interface NexoRequest {
  readonly MessageHeader: ReturnType<typeof headerOf>
  readonly [body: string]: object
}

const headerOf = (speakers: Speakers, category: Category, serviceId: string) => ({
  ProtocolVersion: '3.0',
  MessageClass: 'Service',
  MessageCategory: category,
  MessageType: 'Request',
  SaleID: speakers.saleId,
  ServiceID: serviceId,
  POIID: speakers.poiId,
})

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SERVICE_ID_LENGTH = 10

/** Ten letters of our reference: the same again after a crash, and never those of another. */
export function serviceIdOf(text: string): string {
  const digest = createHash('sha256').update(text).digest()
  return [...digest.subarray(0, SERVICE_ID_LENGTH)]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('')
}

/** A refund that no transaction can be named for is a payment the other way, with the card again. */
export const categoryOf = (asked: Asked): 'Payment' | 'Reversal' =>
  asked.kind === 'refund' && originalOf(asked) !== null ? 'Reversal' : 'Payment'

const originalOf = (asked: Extract<Asked, { kind: 'refund' }>) =>
  asked.ofTransactionId === null ? null : unpackTransaction(asked.ofTransactionId)

export function askRequest(asked: Asked, speakers: Speakers): NexoRequest {
  const { reference, askedAt, amountMinor, currency } = asked
  const MessageHeader = headerOf(speakers, categoryOf(asked), serviceIdOf(reference))
  const sale = { SaleTransactionID: { TransactionID: reference, TimeStamp: askedAt } }
  const original = asked.kind === 'refund' ? originalOf(asked) : null
  if (original !== null) {
    return {
      MessageHeader,
      ReversalRequest: {
        OriginalPOITransaction: { POITransactionID: original },
        ReversalReason: 'MerchantCancel',
        ReversedAmount: toDecimal(amountMinor, currency),
        SaleData: { ...sale, SaleToAcquirerData: `currency=${currency}` },
      },
    }
  }
  const isPayment = asked.kind === 'payment'
  return {
    MessageHeader,
    PaymentRequest: {
      SaleData: {
        ...sale,
        ...(isPayment && { SaleToAcquirerData: 'tenderOption=AllowPartialAuthorisation' }),
      },
      PaymentTransaction: {
        AmountsReq: { Currency: currency, RequestedAmount: toDecimal(amountMinor, currency) },
      },
      ...(!isPayment && { PaymentData: { PaymentType: 'Refund' } }),
    },
  }
}

/** `nonce`: each asking after something is a message of its own. */
export const statusRequest = (asked: Asked, speakers: Speakers, nonce: string): NexoRequest => ({
  MessageHeader: headerOf(
    speakers,
    'TransactionStatus',
    serviceIdOf(`status ${asked.reference} ${nonce}`),
  ),
  TransactionStatusRequest: {
    ReceiptReprintFlag: false,
    MessageReference: referenceTo(asked, speakers),
  },
})

export const abortRequest = (asked: Asked, speakers: Speakers, nonce: string): NexoRequest => ({
  MessageHeader: headerOf(speakers, 'Abort', serviceIdOf(`abort ${asked.reference} ${nonce}`)),
  AbortRequest: { AbortReason: 'MerchantAbort', MessageReference: referenceTo(asked, speakers) },
})

const referenceTo = (asked: Asked, { saleId }: Speakers) => ({
  MessageCategory: categoryOf(asked),
  SaleID: saleId,
  ServiceID: serviceIdOf(asked.reference),
})

const response = z.object({
  Result: z.enum(['Success', 'Partial', 'Failure']),
  ErrorCondition: z.string().max(60).optional(),
  AdditionalResponse: z.string().max(100_000).optional(),
})
export type NexoResult = z.infer<typeof response>

const poiData = z.object({
  POITransactionID: z.object({ TransactionID: z.string().max(60), TimeStamp: z.string().max(40) }),
})

export const paymentResponse = z.object({
  Response: response,
  POIData: poiData.optional(),
  PaymentResult: z
    .object({
      OnlineFlag: z.boolean().optional(),
      AmountsResp: z.object({ AuthorizedAmount: z.number() }).optional(),
      PaymentInstrumentData: z
        .object({
          CardData: z
            .object({
              MaskedPan: z.string().max(40).optional(),
              PaymentBrand: z.string().max(40).optional(),
              PaymentToken: z.object({ TokenValue: z.string().max(120) }).optional(),
            })
            .optional(),
        })
        .optional(),
      PaymentAcquirerData: z.object({ ApprovalCode: z.string().max(40).optional() }).optional(),
    })
    .optional(),
})
export type PaymentResponse = z.infer<typeof paymentResponse>

export const reversalResponse = z.object({ Response: response, POIData: poiData.optional() })
export type ReversalResponse = z.infer<typeof reversalResponse>

const header = z.object({ ServiceID: z.string(), SaleID: z.string(), POIID: z.string() })

/** An answer of whichever kind; what we did not ask for is not read. */
export const nexoAnswer = z.object({
  SaleToPOIResponse: z.object({
    MessageHeader: header,
    PaymentResponse: paymentResponse.optional(),
    ReversalResponse: reversalResponse.optional(),
    TransactionStatusResponse: z
      .object({
        Response: response,
        RepeatedMessageResponse: z
          .object({
            MessageHeader: header,
            RepeatedResponseMessageBody: z.object({
              PaymentResponse: paymentResponse.optional(),
              ReversalResponse: reversalResponse.optional(),
            }),
          })
          .optional(),
      })
      .optional(),
  }),
})
export type NexoAnswer = z.infer<typeof nexoAnswer>['SaleToPOIResponse']
