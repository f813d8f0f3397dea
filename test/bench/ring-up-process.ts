import { loadContender } from './load-rivals.ts'
import { soldOrder } from './contender.ts'
import { manyOrders } from './many-orders.ts'
import { openRawLimit, RAW_LIMIT } from './raw-limit.ts'

/** What the bench asks of a process that rings up: some orders, timed, or a fast fill. */
export type RingUpRequest =
  | { readonly type: 'ringUp'; readonly times: number }
  | { readonly type: 'fill'; readonly orders: number }
  | { readonly type: 'close' }

/** The answer to each request: milliseconds of each order that was rung up. */
export type RingUpAnswer = readonly number[]

const [name = '', file = ''] = process.argv.slice(2)
const replica =
  name === RAW_LIMIT ? await openRawLimit(file) : await (await loadContender(name)).open(file, 'A')

async function answer(request: RingUpRequest): Promise<RingUpAnswer> {
  if (request.type === 'fill') await replica.fill(manyOrders(request.orders, 0))
  if (request.type === 'close') await replica.close()
  if (request.type !== 'ringUp') return []
  const samples: number[] = []
  for (let n = 0; n < request.times; n += 1) {
    const order = soldOrder()
    const startMs = performance.now()
    const done = replica.ringUp(order)
    if (done !== undefined) await done
    samples.push(performance.now() - startMs)
  }
  return samples
}

process.on('message', (request: RingUpRequest) => {
  void answer(request).then((samples) => {
    process.send?.(samples)
    if (request.type === 'close') process.disconnect?.()
  })
})
process.send?.([])
