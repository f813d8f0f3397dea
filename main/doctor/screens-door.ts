import { WebSocket } from 'ws'
import { SCREENS_PROTOCOL } from '../../protocol/screens.ts'
import type { Control } from '../data-folder.ts'
import { bad, good, type Finding } from './finding.ts'

const ANSWER_TIMEOUT_MS = 5_000

/** Comes in by the door that screens use: what changes reaches them by it, or does not. */
export function lookAtScreensDoor(control: Control): Promise<Finding> {
  const url = new URL('/screens', control.api)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const { certificate: ca } = control
  return new Promise((resolve) => {
    const socket = new WebSocket(url, {
      handshakeTimeout: ANSWER_TIMEOUT_MS,
      // Over TLS, the device's own certificate is the only authority, whatever name it was called by.
      // Nothing wrong is said with false: its type asks for a boolean, and Node for a fault or none.
      ...(ca !== undefined && { ca, checkServerIdentity: () => false }),
    })
    const timer = setTimeout(() => end('it said nothing for five seconds'), ANSWER_TIMEOUT_MS)
    const end = (fault: string | null): void => {
      clearTimeout(timer)
      socket.terminate()
      resolve(fault === null ? good('screens', 'Screens are told what changes.') : closed(fault))
    }
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'hello', protocol: SCREENS_PROTOCOL, screen: 'kitchen' })),
    )
    socket.on('message', () => end(null))
    socket.on('close', () => end('it closed the door'))
    socket.on('error', (error) => end(error.message))
  })
}

const closed = (fault: string): Finding =>
  bad(
    'screens',
    `Screens cannot be told what changes: ${fault}.`,
    'A proxy or a firewall in between has to let WebSockets through. Restart the device if there is none.',
  )
