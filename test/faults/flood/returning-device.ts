import { createBenchPeers, openBenchStore, ringUp } from '../../bench/bench-store.ts'

/**
 * An honest device that sold for itself for long and comes back: it says when it has rung up, is
 * told to go on, and says when the till at `address` has taken everything.
 */
const [file = '', address = '', orders = ''] = process.argv.slice(2)
const POLL_MS = 50

const store = await openBenchStore(file, 'R', true)
store.connection.raw.pragma('synchronous = OFF')
for (let n = 0; n < Number(orders); n += 1) ringUp(store)
process.send?.('full')
process.once('message', () => void comeBack())

async function comeBack(): Promise<void> {
  const peers = await createBenchPeers(store, 'terminal', [address])
  const looking = setInterval(() => {
    if (peers.status()[0]?.theyLack !== 0) return
    clearInterval(looking)
    process.send?.('taken')
  }, POLL_MS)
}
