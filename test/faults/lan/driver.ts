import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { DeviceStatus } from '../../../protocol/screens.ts'

/**
 * Stands beside a device on its host, where its API is within reach, and does what the test says,
 * one JSON line in, one JSON line out: `{"sell": 10}` rings up orders, `{"status": true}` asks the
 * device how it sees things.
 */
const [dir = '', token = ''] = process.argv.slice(2)
const control = () => JSON.parse(readFileSync(join(dir, 'control.json'), 'utf8')) as Control

interface Control {
  readonly api: string
  readonly key: string
}

export interface Request {
  readonly sell?: number
  readonly status?: boolean
}

const body = JSON.stringify({
  order_type: 'takeout',
  items: [{ menu_item_id: 'burger-classic', quantity: 1, modifiers: ['no_onions'] }],
})

async function answer(request: Request): Promise<unknown> {
  const { api, key } = control()
  if (request.sell !== undefined) {
    for (let n = 0; n < request.sell; n += 1) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const sold = await fetch(`${api}/api/v1/orders`, { method: 'POST', headers, body })
      if (sold.status !== 201) throw new Error(`an order was answered with ${sold.status}`)
      await sold.arrayBuffer()
    }
    return { sold: request.sell }
  }
  const headers = { authorization: `Bearer ${key}` }
  return (await (await fetch(`${api}/control/status`, { headers })).json()) as DeviceStatus
}

for await (const line of createInterface({ input: process.stdin })) {
  const result = await answer(JSON.parse(line) as Request).catch((error: unknown) => ({
    error: String(error),
  }))
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
