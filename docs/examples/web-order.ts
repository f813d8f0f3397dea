/**
 * A web shop that takes an order, its guest's payment, and looks after it until it is ready.
 *
 *     API=http://127.0.0.1:8002 TOKEN=aura_… node docs/examples/web-order.ts
 *
 * The token has the role `service`. Every request that changes something carries a key of its own, so
 * that it may be sent again after a lost answer: the order is made once.
 */
import { randomUUID } from 'node:crypto'

const API = process.env['API'] ?? 'http://127.0.0.1:8002'
const TOKEN = process.env['TOKEN'] ?? ''
const TRIES = 5

interface Order {
  readonly id: string
  readonly order_number: string
  readonly status: string
  readonly due: { readonly amount: number; readonly currency: string }
}

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const key = randomUUID()
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(`${API}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          'content-type': 'application/json',
          ...(method !== 'GET' && { 'idempotency-key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      const answer = (await response.json()) as T & {
        readonly code?: string
        readonly detail?: string
      }
      if (response.ok) return answer
      // Only what may be over in a moment is asked again: everything else would be refused again.
      if (response.status < 500 && response.status !== 429) {
        throw Object.assign(new Error(`${answer.code}: ${answer.detail}`), { isFinal: true })
      }
    } catch (error) {
      if ((error as { isFinal?: true }).isFinal || attempt === TRIES) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt))
  }
}

const created = await ask<Order>('POST', '/orders', {
  order_type: 'online',
  customer: { name: 'Ada Byron', phone: '+1 555 0100' },
  items: [{ menu_item_id: 'burger-classic', quantity: 2, modifiers: ['extra_cheese'] }],
  notes: 'Ring twice',
})
// What it comes to is the restaurant's word: prices, taxes and totals are never sent.
const paid = await ask<Order>('POST', `/orders/${created.id}/payments`, {
  method: 'external',
  amount: created.due,
  reference: 'shop-4711',
})
process.stdout.write(`${paid.order_number} is ${paid.status}, ${paid.due.amount} due\n`)
