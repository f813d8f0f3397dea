import type { RunningProcess } from '../support/processes.ts'

/** A till that sells as it does on any day, whatever becomes of its way to the centre. */

/** What an order of three lines comes to, from its creation to its last cent. */
export const EVENTS_PER_ORDER = 14

interface Order {
  readonly id: string
  readonly due: { readonly amount: number; readonly currency: string }
}

interface Selling {
  readonly orders: number
  readonly pauseMs: number
  /** No order is begun after it. */
  readonly ending?: AbortSignal
}

/**
 * Rings up, cooks and cashes orders one after the other; gives how long each call took. Every one has
 * to be answered well.
 */
export async function sellOrders(
  till: RunningProcess,
  token: string,
  { orders, pauseMs, ending }: Selling,
): Promise<number[]> {
  const tookMs: number[] = []
  const call = async (method: string, path: string, body: unknown): Promise<Order> => {
    const startMs = performance.now()
    const response = await fetch(`${String(till.ready['api'])}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    tookMs.push(performance.now() - startMs)
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return (await response.json()) as Order
  }
  for (let n = 0; n < orders && ending?.aborted !== true; n += 1) {
    const { id } = await call('POST', '/orders', {
      order_type: 'dine_in',
      table_number: String(1 + (n % 20)),
      items: [
        { menu_item_id: 'soup-of-the-day', quantity: 1 },
        { menu_item_id: 'burger-classic', quantity: 2, modifiers: ['extra_cheese'] },
        { menu_item_id: 'cola-bottle', quantity: 3 },
      ],
    })
    await call('PUT', `/orders/${id}/status`, { status: 'confirmed' })
    await call('POST', `/kitchen/orders/${id}/prepare`, {})
    const { due } = await call('POST', `/kitchen/orders/${id}/ready`, {})
    await call('POST', `/orders/${id}/payments`, { method: 'cash', amount: due })
    if (pauseMs > 0) await new Promise((next) => setTimeout(next, pauseMs))
  }
  return tookMs
}
