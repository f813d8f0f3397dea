import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { nextMessage } from './child.ts'
import type { Rival } from './contender.ts'
import { ID_LENGTH, type DeviceMessage } from './second-device.ts'

/** The process of a rival's second device, and the bare WebSocket to it. */
export interface RivalDevice {
  readonly child: ChildProcess
  /** Sends bytes, with the id of the order that they tell of if it is one. */
  readonly tell: (bytes: Uint8Array, orderId?: string) => void
  /** Says that everything has been sent. */
  readonly finish: () => void
  readonly stop: () => void
}

export async function startRivalDevice(rival: Rival, file: string): Promise<RivalDevice> {
  const program = join(import.meta.dirname, 'rival-device.ts')
  const child = fork(program, [rival.name, file], { stdio: 'inherit' })
  const ready = await nextMessage<DeviceMessage>(child)
  if (ready.type !== 'ready') throw new Error(`the second ${rival.name} did not start`)
  const socket = new WebSocket(`ws://127.0.0.1:${ready.port}`, { perMessageDeflate: false })
  await once(socket, 'open')
  return {
    child,
    tell: (bytes, orderId = '') =>
      socket.send(Buffer.concat([Buffer.from(orderId.padEnd(ID_LENGTH), 'latin1'), bytes])),
    finish: () => socket.send(Buffer.alloc(0)),
    stop() {
      socket.terminate()
      child.kill()
    },
  }
}
