import type { Socket } from 'node:net'
import { MAX_REFUSED_PER_ADDRESS, MAX_UNPROVEN_PER_ADDRESS, REFUSED_WINDOW_MS } from './limits.ts'

/**
 * Keeps those who have proved nothing from taking the time and the places of those who have (rule
 * P3): so many sockets of one address may be waiting, and so many may be refused in a while, before
 * the next ones are closed without a handshake, which is what costs.
 */
export interface UnprovenCallers {
  /** A socket has been accepted. False: it is not worth a handshake. */
  readonly admit: (socket: Socket) => boolean
  /** Whoever is behind this socket has shown a key. */
  readonly proved: (socket: Socket) => void
  /** It was not a key of the store, or none. */
  readonly refused: (address: string | undefined) => void
}

export function createUnprovenCallers(monotonicMs: () => number): UnprovenCallers {
  const addressByCaller = new Map<string, string>()
  const refusedByAddress = new Map<string, number>()
  let windowBeganMs = monotonicMs()

  function forgetOld(): void {
    if (monotonicMs() - windowBeganMs < REFUSED_WINDOW_MS) return
    windowBeganMs = monotonicMs()
    refusedByAddress.clear()
  }

  return {
    admit(socket) {
      forgetOld()
      const { remoteAddress: address = '' } = socket
      if ((refusedByAddress.get(address) ?? 0) >= MAX_REFUSED_PER_ADDRESS) return false
      const waiting = [...addressByCaller.values()].filter((other) => other === address)
      if (waiting.length >= MAX_UNPROVEN_PER_ADDRESS) return false
      const caller = callerOf(socket)
      addressByCaller.set(caller, address)
      socket.once('close', () => addressByCaller.delete(caller))
      return true
    },
    proved: (socket) => void addressByCaller.delete(callerOf(socket)),
    refused(address = '') {
      forgetOld()
      refusedByAddress.set(address, (refusedByAddress.get(address) ?? 0) + 1)
    },
  }
}

/** Which connection a socket is, whatever it has been wrapped into. */
export const callerOf = ({ remoteAddress, remotePort }: Socket): string =>
  `${remoteAddress} ${remotePort}`
