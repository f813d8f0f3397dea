import { assert } from '../../domain/result.ts'

type Call = (method: string, path: string, body?: unknown) => Promise<Response>

const burger = { menu_item_id: 'burger-classic', quantity: 1, modifiers: ['no_onions'] }

/** What makes a till ask for somebody: an order from outside, and one on which too much was paid. */
export async function leaveWork(call: Call): Promise<void> {
  const online = { name: 'Ann Lee', phone: '5550100' }
  await done(
    call('POST', '/api/v1/orders', { order_type: 'online', items: [burger], customer: online }),
  )
  const paid = await done(
    call('POST', '/api/v1/orders', { order_type: 'takeout', items: [burger] }),
  )
  const path = `/api/v1/orders/${paid.id}`
  await done(call('POST', `${path}/payments`, { method: 'cash', amount: paid.due }))
  await done(call('PUT', `${path}/discount`, { discount: { rate_ppm: 100_000 }, reason: 'late' }))
}

async function done(asked: Promise<Response>): Promise<{ id: string; due: unknown }> {
  const answer = await asked
  const text = await answer.text()
  assert(answer.ok, `what the till is to ask about was refused: ${text}`)
  return JSON.parse(text) as { id: string; due: unknown }
}
