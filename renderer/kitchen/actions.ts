import type { OpenCommand } from '../../domain/commands.ts'
import type { LineView } from '../../domain/order-view.ts'
import type { Client } from '../ui/client.ts'
import { receiveOrder } from '../ui/live-store.ts'
import { newId } from '../ui/new-id.ts'
import { isSilentNow } from '../ui/use-silence.ts'
import { notifyKitchen, setRecallOpen } from './store.ts'
import { nextMark, type KitchenTicket } from './tickets.ts'

/**
 * After a bump the next card slides under the finger. A second touch so soon is the same hand still
 * on its way down and bumps nothing.
 */
const BUMP_PAUSE_MS = 400

export type KitchenActions = ReturnType<typeof createKitchenActions>

export function createKitchenActions(client: Client) {
  /** Lines and tickets with a command under way: another tap on them does nothing. */
  const busy = new Set<string>()
  let lastBumpMs = -Infinity

  const send = async (busyKey: string, command: OpenCommand) => {
    if (busy.has(busyKey)) return
    if (isSilentNow()) {
      notifyKitchen('Not connected. Nothing was changed; try again once the terminal is back.')
      return
    }
    busy.add(busyKey)
    notifyKitchen(null)
    const answer = await client.call('command', { commandId: newId(), command })
    busy.delete(busyKey)
    if (answer.ok) receiveOrder(answer.value)
    else notifyKitchen(answer.message)
  }

  return {
    markLine: (orderId: string, line: LineView) =>
      void send(line.id, {
        type: 'markLines',
        orderId,
        lineIds: [line.id],
        mark: nextMark(line),
      }),

    bump: ({ order, ticket }: KitchenTicket) => {
      const nowMs = performance.now()
      if (nowMs - lastBumpMs < BUMP_PAUSE_MS) return
      lastBumpMs = nowMs
      void send(ticket.id, { type: 'bumpTicket', orderId: order.id, ticketId: ticket.id })
    },

    recall: ({ order, ticket }: KitchenTicket) => {
      setRecallOpen(false)
      void send(ticket.id, { type: 'recallTicket', orderId: order.id, ticketId: ticket.id })
    },

    /** The till is told that somebody can read these now. A refusal is tried with the next change. */
    see: async (orderId: string, ticketIds: string[], deviceId: string) => {
      const busyKey = `see ${orderId}`
      if (busy.has(busyKey)) return
      busy.add(busyKey)
      const command: OpenCommand = { type: 'seeTickets', orderId, ticketIds, deviceId }
      const answer = await client.call('command', { commandId: newId(), command })
      busy.delete(busyKey)
      if (answer.ok) receiveOrder(answer.value)
    },
  }
}
