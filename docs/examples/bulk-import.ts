/**
 * Hands in many orders at once and waits for what became of them.
 *
 *     API=http://127.0.0.1:8002 TOKEN=aura_… node docs/examples/bulk-import.ts orders.json
 *
 * The file is a list of bodies of POST /api/v1/orders. The key follows from the file: the same file
 * handed in twice is one job.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const API = process.env['API'] ?? 'http://127.0.0.1:8002'
const headers = { authorization: `Bearer ${process.env['TOKEN'] ?? ''}` }
const text = readFileSync(process.argv[2] ?? 'orders.json', 'utf8')

interface Job {
  readonly state: 'waiting' | 'done'
  readonly total: number
  readonly done: number
  readonly failed: number
  readonly results: {
    readonly next_cursor: string | null
    readonly data: readonly {
      readonly place: number
      readonly order: { readonly order_number: string } | null
      readonly problem: { readonly code: string; readonly detail: string } | null
    }[]
  }
}

const taken = await fetch(`${API}/api/v1/orders/bulk`, {
  method: 'POST',
  headers: {
    ...headers,
    'content-type': 'application/json',
    'idempotency-key': createHash('sha256').update(text).digest('hex'),
  },
  body: JSON.stringify({ orders: JSON.parse(text) as unknown }),
})
if (taken.status !== 202) throw new Error(await taken.text())
const location = `${API}${taken.headers.get('location') ?? ''}`

const look = async (cursor: string | null): Promise<Job> => {
  const query = cursor === null ? '' : `&cursor=${cursor}`
  const response = await fetch(`${location}?limit=100${query}`, { headers })
  return (await response.json()) as Job
}

let job = await look(null)
while (job.state === 'waiting') {
  await new Promise((resolve) => setTimeout(resolve, 250))
  job = await look(null)
}
for (;;) {
  for (const { place, order, problem } of job.results.data) {
    const what = problem === null ? order?.order_number : `${problem.code}: ${problem.detail}`
    process.stdout.write(`${place} ${what}\n`)
  }
  if (job.results.next_cursor === null) break
  job = await look(job.results.next_cursor)
}
process.stdout.write(`${job.done} done, ${job.failed} failed\n`)
