import type { Asked, Outcome } from '../provider.ts'
import { fromDecimal } from './decimal-amount.ts'
import type { NexoAnswer, NexoResult, PaymentResponse, ReversalResponse } from './nexo.ts'
import { packTransaction } from './transaction-id.ts'

/** What an answer of the terminal means for what was asked. */
export function outcomeOf(
  asked: Asked,
  answer: Pick<NexoAnswer, 'PaymentResponse' | 'ReversalResponse'>,
): Outcome {
  if (answer.PaymentResponse) return paid(asked, answer.PaymentResponse)
  if (answer.ReversalResponse) return reversed(asked, answer.ReversalResponse)
  return { kind: 'unknown', detail: 'the answer is to another question' }
}

/** `NotFound`: of that the terminal says nothing more, whatever else it answers. */
export function statusOutcome(asked: Asked, answer: NexoAnswer, serviceId: string): Outcome {
  const status = answer.TransactionStatusResponse
  if (status === undefined) return { kind: 'unknown', detail: 'the answer is to another question' }
  const repeated = status.RepeatedMessageResponse
  if (status.Response.Result === 'Success' && repeated !== undefined) {
    return repeated.MessageHeader.ServiceID === serviceId
      ? outcomeOf(asked, repeated.RepeatedResponseMessageBody)
      : { kind: 'unknown', detail: 'the answer is about another payment' }
  }
  switch (status.Response.ErrorCondition) {
    case 'NotFound':
      return { kind: 'not_found' }
    case 'InProgress':
      return { kind: 'in_progress' }
    default:
      return { kind: 'unknown', detail: `the terminal says ${saidBy(status.Response)}` }
  }
}

function paid(asked: Asked, answer: PaymentResponse): Outcome {
  const { Response: result, POIData, PaymentResult: detail } = answer
  if (result.Result === 'Failure') return failed(result)
  const amount = detail?.AmountsResp?.AuthorizedAmount
  const approvedMinor =
    amount === undefined ? asked.amountMinor : fromDecimal(amount, asked.currency)
  if (POIData === undefined || approvedMinor === null) return unreadable
  const card = detail?.PaymentInstrumentData?.CardData
  return {
    kind: 'approved',
    transactionId: packTransaction(POIData.POITransactionID),
    approvedMinor,
    card: {
      brand: card?.PaymentBrand ?? null,
      // All but the last four are masked, and of those we keep nothing either.
      lastFour: /(\d{4})$/.exec(card?.MaskedPan ?? '')?.[1] ?? null,
      token: card?.PaymentToken?.TokenValue ?? null,
      authorisationCode: detail?.PaymentAcquirerData?.ApprovalCode ?? null,
      offline: detail?.OnlineFlag === false,
    },
  }
}

function reversed(
  { amountMinor }: Asked,
  { Response: result, POIData }: ReversalResponse,
): Outcome {
  if (result.Result === 'Failure') return failed(result)
  if (POIData === undefined) return unreadable
  return {
    kind: 'approved',
    transactionId: packTransaction(POIData.POITransactionID),
    approvedMinor: amountMinor,
    card: { brand: null, lastFour: null, token: null, authorisationCode: null, offline: false },
  }
}

const unreadable: Outcome = { kind: 'unknown', detail: 'the answer lacks what it should say' }

/**
 * Final is what ended without money. Where the terminal was busy, with the same payment perhaps, or
 * could not read us, that says nothing of what it does: it is asked what became of it.
 */
function failed(result: NexoResult): Outcome {
  switch (result.ErrorCondition) {
    case 'Aborted':
    case 'Cancel':
      return { kind: 'cancelled' }
    case 'Refusal':
    case 'InvalidCard':
    case 'InsertedCard':
    case 'WrongPIN':
    case 'PaymentRestriction':
    case 'UnreachableHost':
      return { kind: 'declined', reason: saidBy(result) }
    default:
      return { kind: 'unknown', detail: `the terminal says ${saidBy(result)}` }
  }
}

/** `message=…&refusalReason=…`, of which the reason is for the cashier. */
function saidBy({ ErrorCondition, AdditionalResponse = '' }: NexoResult): string {
  const said = new URLSearchParams(AdditionalResponse)
  const reason = said.get('refusalReason') ?? said.get('message')
  return [ErrorCondition ?? 'failure', reason].filter((text) => text !== null).join(': ')
}
