import { connect } from 'node:net'
import type { HostAndPort } from '../../../sync/address.ts'
import type { Outcome, PaymentProvider } from '../provider.ts'
import { MAX_LINE_BYTES, replySchema, type Question } from './protocol.ts'

/** Speaks with the simulated terminal: a connection a question. */
export function createSimulatedProvider({ host, port }: HostAndPort): PaymentProvider {
  const ask = (question: Question, signal: AbortSignal): Promise<Outcome> =>
    new Promise((resolve) => {
      const socket = connect({ host, port, signal })
      let isConnected = false
      let text = ''
      const end = (outcome: Outcome): void => {
        socket.destroy()
        resolve(outcome)
      }
      socket.setEncoding('utf8')
      socket.on('connect', () => {
        isConnected = true
        socket.write(`${JSON.stringify(question)}\n`)
      })
      socket.on('data', (chunk: string) => {
        text += chunk
        if (text.includes('\n')) end(readReply(text.slice(0, text.indexOf('\n'))))
        else if (text.length > MAX_LINE_BYTES) end(unknown('the answer is too long'))
      })
      socket.on('error', (error) => {
        end(isConnected ? unknown(error.message) : { kind: 'unreachable', detail: error.message })
      })
      socket.on('close', () => resolve(unknown('the connection ended without an answer')))
    })

  return {
    name: 'simulated',
    pay: ({ reference, amountMinor, currency, offlineMinor }, signal) =>
      ask({ ask: 'pay', reference, amountMinor, currency, offlineMinor }, signal),
    refund: ({ reference, ofReference, amountMinor, currency }, signal) =>
      ask({ ask: 'refund', reference, ofReference, amountMinor, currency }, signal),
    status: ({ reference }, signal) => ask({ ask: 'status', reference }, signal),
    cancel: ({ reference }, signal) => ask({ ask: 'cancel', reference }, signal),
  }
}

const unknown = (detail: string): Outcome => ({ kind: 'unknown', detail })

function readReply(line: string): Outcome {
  try {
    return replySchema.parse(JSON.parse(line))
  } catch {
    return unknown('the answer cannot be read')
  }
}
