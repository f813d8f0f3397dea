/**
 * Receives events and believes none that is not signed, by Standard Webhooks: an HMAC-SHA256 over
 * `id.timestamp.body` with the secret that POST /api/v1/webhooks told once.
 *
 *     SECRET=whsec_… PORT=9000 node docs/examples/webhook-receiver.ts
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'

const SECRET = process.env['SECRET'] ?? ''
const PORT = Number(process.env['PORT'] ?? 9_000)
/** An older message may be one that somebody has recorded and sends again. */
const MAX_AGE_S = 5 * 60
/** An event comes at least once: in a real receiver this is a table of a database. */
const seen = new Set<string>()

function isOurs(headers: IncomingHttpHeaders, body: string): boolean {
  const id = String(headers['webhook-id'])
  const timestamp = String(headers['webhook-timestamp'])
  if (!(Math.abs(Date.now() / 1_000 - Number(timestamp)) <= MAX_AGE_S)) return false
  const key = Buffer.from(SECRET.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest()
  // Several may stand there, while a secret is being replaced.
  return String(headers['webhook-signature'])
    .split(' ')
    .map((signature) => signature.split(','))
    .some(([version, text = '']) => {
      const given = Buffer.from(text, 'base64')
      return (
        version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
      )
    })
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const part of request) body += String(part)
  if (!isOurs(request.headers, body)) {
    response.writeHead(401).end()
    return
  }
  // Taken, before anything is done with it: what fails later is the receiver's own to repeat.
  response.writeHead(204).end()
  const event = JSON.parse(body) as { id: string; type: string; order_id: string | null }
  if (seen.has(event.id)) return
  seen.add(event.id)
  process.stdout.write(`${event.type} ${event.order_id}\n`)
}

const server = createServer((request, response) => void receive(request, response))
server.listen(PORT, '127.0.0.1', () => {
  const { port } = server.address() as { port: number }
  process.stdout.write(`listening on http://127.0.0.1:${port}/\n`)
})
