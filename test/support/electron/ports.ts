import { EventEmitter } from 'node:events'

/**
 * The two ends of a channel, wherever they are: in the shell's own process, in the terminal's, or
 * in a page. What is posted at one end is handed to where the other end is now.
 */
export interface Place {
  readonly deliver: (port: string, data: unknown) => void
  readonly close: (port: string) => void
}

interface End {
  readonly other: string
  place: Place | null
  readonly early: unknown[]
}

const ends = new Map<string, End>()
let channels = 0

class PortMain extends EventEmitter {
  readonly id: string
  constructor(id: string) {
    super()
    this.id = id
  }
  postMessage(data: unknown): void {
    postedAt(this.id, data)
  }
  start(): void {
    placePort(this.id, {
      deliver: (_port, data) => this.emit('message', { data, ports: [] }),
      close: () => this.emit('close'),
    })
  }
  close(): void {
    closedAt(this.id)
  }
}

export class MessageChannelMain {
  readonly port1: PortMain
  readonly port2: PortMain
  constructor() {
    const channel = ++channels
    const ids = [`${channel}.1`, `${channel}.2`] as const
    ends.set(ids[0], { other: ids[1], place: null, early: [] })
    ends.set(ids[1], { other: ids[0], place: null, early: [] })
    this.port1 = new PortMain(ids[0])
    this.port2 = new PortMain(ids[1])
  }
}

/** The end is there from now on; what was posted to it before comes first. */
export function placePort(id: string, place: Place): void {
  const end = ends.get(id)
  if (end === undefined) return place.close(id)
  end.place = place
  for (const data of end.early.splice(0)) place.deliver(id, data)
}

export function postedAt(id: string, data: unknown): void {
  const other = ends.get(id)?.other
  const end = other === undefined ? undefined : ends.get(other)
  if (other === undefined || end === undefined) return
  if (end.place === null) end.early.push(data)
  else end.place.deliver(other, data)
}

export function closedAt(id: string): void {
  const other = ends.get(id)?.other
  if (other === undefined) return
  const far = ends.get(other)
  ends.delete(id)
  ends.delete(other)
  far?.place?.close(other)
}

/** A process or a page is gone, and every end in it. */
export function placeGone(place: Place): void {
  for (const [id, end] of ends) if (end.place === place) closedAt(id)
}
