/**
 * A kitchen display: what waits now, and then every change as it happens, over a WebSocket.
 *
 *     API=http://127.0.0.1:8002 TOKEN=aura_… node docs/examples/kitchen-display.ts
 *
 * After a lost connection it goes on from the position of the last message: on this device or on any
 * other one of the store. `EVENTS=n` ends it after so many events.
 */
const API = process.env['API'] ?? 'http://127.0.0.1:8002'
const TOKEN = process.env['TOKEN'] ?? ''
let left = Number(process.env['EVENTS'] ?? Infinity)

interface FeedMessage {
  readonly type: string
  readonly order_id: string | null
  /** Only the last event of what one command did has it. */
  readonly position?: string
}

let position: string | undefined

function listen(): void {
  const url = new URL('/api/v1/events', API.replace(/^http/, 'ws'))
  url.searchParams.set('types', 'order.confirmed,order.fired,order.ready,order.cancelled')
  if (position !== undefined) url.searchParams.set('position', position)
  // A browser can send no header with a WebSocket: the token goes as a subprotocol.
  const socket = new WebSocket(url, ['aura.events', `bearer.${TOKEN}`])
  socket.addEventListener('open', () => void showQueue())
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as FeedMessage
    position = message.position ?? position
    process.stdout.write(`${message.type} ${message.order_id}\n`)
    left -= 1
    if (left <= 0) socket.close()
    else void showQueue()
  })
  socket.addEventListener('close', () => {
    if (left > 0) setTimeout(listen, 1_000)
  })
}

interface Queue {
  readonly data: readonly {
    readonly order_number: string
    readonly tickets: readonly { readonly items: readonly { readonly name: string }[] }[]
  }[]
}

async function showQueue(): Promise<void> {
  const response = await fetch(`${API}/api/v1/kitchen/orders`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  })
  const { data } = (await response.json()) as Queue
  const lines = data.map(({ order_number: number, tickets }) => {
    const items = tickets.flatMap((ticket) => ticket.items.map(({ name }) => name))
    return `  ${number}: ${items.join(', ')}`
  })
  process.stdout.write(
    `${data.length} in the kitchen\n${lines.map((line) => `${line}\n`).join('')}`,
  )
}

listen()
