import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** The cable between two devices: a way to an address that can be pulled out and put in again. */
export interface Cable {
  readonly address: string
  readonly pull: () => void
  readonly putBack: () => void
  readonly close: () => Promise<void>
}

/** `to`: HOST:PORT. */
export async function layCable(to: string): Promise<Cable> {
  const [host = '', port] = to.split(':')
  let isIn = true
  const ends = new Set<Socket>()
  const server = createServer((near) => {
    if (!isIn) return void near.resetAndDestroy()
    const far = connect(Number(port), host)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one)
      one.setNoDelay(true)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        ends.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const near = server.address() as AddressInfo
  const pull = () => {
    isIn = false
    for (const end of ends) end.resetAndDestroy()
  }
  return {
    address: `127.0.0.1:${near.port}`,
    pull,
    putBack: () => {
      isIn = true
    },
    close: () => {
      pull()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
