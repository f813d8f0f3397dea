import type { OpenCommand } from '../../domain/commands.ts'
import type { Client } from '../ui/client.ts'
import { receiveOrder } from '../ui/live-store.ts'
import { newId } from '../ui/new-id.ts'
import { isSilentNow } from '../ui/use-silence.ts'
import { say } from '../words/say.ts'
import { isMade, isToHand, type ExpoOrder } from './expo.ts'
import { notifyKitchen, openPanel } from './store.ts'
import { nextMark, type KitchenTicket, type TicketLine } from './tickets.ts'

/**
 * After a bump the next card slides under the finger. A second touch so soon is the same hand still
 * on its way down and bumps nothing.
 */
const BUMP_PAUSE_MS = 400
/** Nobody has read what changed so short a time ago: a bump would acknowledge what it never saw. */
const CHANGE_PAUSE_MS = 1_000

export type KitchenActions = ReturnType<typeof createKitchenActions>

export function createKitchenActions(client: Client) {
  /**
   * Commands that are under way: the same tap again does nothing. What a tap means goes by what the
   * screen shows, and that may be newer than the answer to the tap before (rule Y9).
   */
  const busy = new Set<string>()
  const changeShownAtMs = new Map<string, number>()
  let lastBumpMs = -Infinity

  const send = async (command: OpenCommand) => {
    const busyKey = JSON.stringify(command)
    if (busy.has(busyKey)) return
    if (isSilentNow()) {
      notifyKitchen(say('kitchen.notConnected'))
      return
    }
    busy.add(busyKey)
    notifyKitchen(null)
    const answer = await client.call('command', { commandId: newId(), command })
    busy.delete(busyKey)
    if (answer.ok) receiveOrder(answer.value)
    else notifyKitchen(answer.message)
  }

  /** False: it is the same touch still, or too soon for somebody to have read what changed. */
  function isMeant(entries: readonly KitchenTicket[]): boolean {
    const nowMs = performance.now()
    const isSameTouch = nowMs - lastBumpMs < BUMP_PAUSE_MS
    lastBumpMs = nowMs
    if (isSameTouch) return false
    const ids = entries.flatMap(changeIdsOf)
    if (ids.every((id) => nowMs - (changeShownAtMs.get(id) ?? nowMs) >= CHANGE_PAUSE_MS))
      return true
    notifyKitchen(say('kitchen.justChanged'))
    return false
  }

  /** One command for each order in which the tickets were fired. */
  const sendEach = (
    tickets: readonly KitchenTicket[],
    command: (orderId: string, ticketIds: string[]) => OpenCommand,
  ) => {
    for (const [orderId, own] of Map.groupBy(tickets, ({ order }) => order.id)) {
      const ticketIds = own.map(({ ticket }) => ticket.id)
      void send(command(orderId, ticketIds))
    }
  }

  return {
    /** A tap on a line: what changed in it is read, or else it goes one on. */
    tapLine: (entry: KitchenTicket, ticketLine: TicketLine) => {
      const { line, change, part } = ticketLine
      if (change !== undefined) {
        return void send({
          type: 'seeChanges',
          orderId: entry.order.id,
          ticketId: entry.ticket.id,
          changeIds: [...change.ids],
        })
      }
      void send({
        type: 'markLines',
        orderId: line.movedTo ?? entry.order.id,
        lineIds: [line.id],
        mark: nextMark(ticketLine),
        ...(part === 'make' && { stationId: entry.ticket.stationId }),
      })
    },

    bump: (entry: KitchenTicket) => {
      const { order, ticket } = entry
      if (!isMeant([entry])) return
      void send({ type: 'bumpTicket', orderId: order.id, ticketId: ticket.id })
    },

    recall: ({ order, ticket }: KitchenTicket) => {
      openPanel(null)
      void send({ type: 'recallTicket', orderId: order.id, ticketId: ticket.id })
    },

    rush: ({ tickets, rushedAt }: Pick<ExpoOrder, 'tickets' | 'rushedAt'>) =>
      sendEach(tickets, (orderId, ticketIds) => ({
        type: 'rushTickets',
        orderId,
        ticketIds,
        rush: rushedAt === null,
      })),

    /** What is made of it leaves the kitchen. */
    handOver: ({ tickets }: ExpoOrder) => {
      const made = tickets.filter((entry) => isMade(entry) && isToHand(entry))
      if (made.length === 0) return notifyKitchen(say('kitchen.notMade'))
      if (!isMeant([])) return
      sendEach(made, (orderId, ticketIds) => ({
        type: 'handTickets',
        orderId,
        ticketIds,
        handed: true,
      }))
    },

    takeBack: (entry: KitchenTicket) => {
      openPanel(null)
      sendEach([entry], (orderId, ticketIds) => ({
        type: 'handTickets',
        orderId,
        ticketIds,
        handed: false,
      }))
    },

    acknowledgeAlert: async (alertId: string) => {
      if (isSilentNow()) return notifyKitchen(say('kitchen.notConnected'))
      const answer = await client.call('acknowledgeAlert', { commandId: newId(), alertId })
      notifyKitchen(answer.ok ? null : answer.message)
    },

    /** Its card says that it changed: from now on somebody can have read it. */
    showChanges: (ids: readonly string[]) => {
      for (const id of ids) {
        if (!changeShownAtMs.has(id)) changeShownAtMs.set(id, performance.now())
      }
      for (const id of changeShownAtMs.keys()) {
        if (changeShownAtMs.size <= MAX_CHANGES) break
        changeShownAtMs.delete(id)
      }
    },

    /** The till is told that somebody can read these now. A refusal is tried with the next change. */
    see: async (orderId: string, ticketIds: string[], deviceId: string) => {
      const busyKey = `see/${orderId}`
      if (busy.has(busyKey)) return
      busy.add(busyKey)
      const command: OpenCommand = { type: 'seeTickets', orderId, ticketIds, deviceId }
      const answer = await client.call('command', { commandId: newId(), command })
      busy.delete(busyKey)
      if (answer.ok) receiveOrder(answer.value)
    },
  }
}

/** Changes of which is known since when they are shown; older ones have long been read. */
const MAX_CHANGES = 1_000

export const changeIdsOf = ({ lines }: KitchenTicket): string[] =>
  lines.flatMap(({ change }) => change?.ids ?? [])
