import { discoverOnInterface, type Announcement } from './discovery-on-interface.ts'
import { INTERFACES_EVERY_MS } from './limits.ts'
import type { Logger } from './logger.ts'

/**
 * Finds the store's devices by mDNS. What it finds is a hint about addresses and nothing more (rule
 * P2). It works on every interface that it is given, each by itself: a till with a cable and a
 * wireless network is found on both, and one of them may come and go.
 */
export interface Discovery {
  readonly start: (announcement: Announcement) => void
  /** Says goodbye, and waits for it only shortly. */
  readonly stop: () => Promise<void>
}

export interface DiscoveryDeps {
  readonly storeId: string
  readonly deviceId: string
  readonly logger: Logger
  /** IPv4 addresses of the interfaces as they are now; see `interfacesFor`. */
  readonly interfaces: () => readonly string[]
}

export function createDiscovery({ interfaces, ...deps }: DiscoveryDeps): Discovery {
  const running = new Map<string, { readonly stop: () => Promise<void> }>()
  const ending = new Set<Promise<void>>()
  let looking: NodeJS.Timeout | null = null

  function follow(announcement: Announcement): void {
    const wanted = new Set(interfaces())
    for (const onInterface of wanted) {
      if (running.has(onInterface)) continue
      running.set(onInterface, discoverOnInterface({ ...deps, onInterface, announcement }))
    }
    for (const onInterface of running.keys()) if (!wanted.has(onInterface)) leave(onInterface)
  }

  function leave(onInterface: string): void {
    const stopped = running.get(onInterface)?.stop()
    running.delete(onInterface)
    if (stopped === undefined) return
    ending.add(stopped)
    void stopped.finally(() => ending.delete(stopped))
  }

  return {
    start(announcement) {
      follow(announcement)
      looking = setInterval(() => follow(announcement), INTERFACES_EVERY_MS)
    },
    async stop() {
      if (looking !== null) clearInterval(looking)
      for (const onInterface of [...running.keys()]) leave(onInterface)
      await Promise.all(ending)
    },
  }
}
