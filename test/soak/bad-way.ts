import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A bad way between devices and the centre. Of the uploads it brings some twice, loses the answers of
 * some after the centre has taken them, and holds some up; everything else it passes on as it is.
 */
export interface BadWay {
  readonly url: string
  readonly counts: { uploads: number; answersLost: number; broughtTwice: number; heldUp: number }
  readonly close: () => void
}

const ANSWER_LOST = 0.1
const BROUGHT_TWICE = 0.1
const HELD_UP = 0.05
const HELD_UP_MS = 1_500

export async function openBadWay(centralPort: number, random: () => number): Promise<BadWay> {
  const counts = { uploads: 0, answersLost: 0, broughtTwice: 0, heldUp: 0 }

  async function carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming)
    if (incoming.method !== 'POST') return pass(await forward(incoming, body), outgoing)
    counts.uploads += 1
    const [fate, delay] = [random(), random()]
    if (delay < HELD_UP) {
      counts.heldUp += 1
      await sleep(HELD_UP_MS)
    }
    let answer = await forward(incoming, body)
    if (fate < BROUGHT_TWICE) {
      counts.broughtTwice += 1
      answer.resume()
      answer = await forward(incoming, body)
    } else if (fate < BROUGHT_TWICE + ANSWER_LOST) {
      counts.answersLost += 1
      await buffer(answer)
      outgoing.destroy()
      return
    }
    pass(answer, outgoing)
  }

  const forward = (incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method, url, headers } = incoming
      const call = request(
        { host: '127.0.0.1', port: centralPort, method, path: url, headers, agent: false },
        resolve,
      )
      call.on('error', reject)
      incoming.on('close', () => call.destroy())
      call.end(body)
    })

  function pass(answer: IncomingMessage, outgoing: ServerResponse): void {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.on('error', () => outgoing.destroy())
    answer.pipe(outgoing)
  }

  const server = createServer((incoming, outgoing) => {
    carry(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
