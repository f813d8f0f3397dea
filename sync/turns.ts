/**
 * Takes jobs one by one, at most one in each turn of the event loop: the first runs at once, and
 * whatever comes in the same turn waits in line. So a peer that floods us leaves room for the
 * others, for screens and for timers (rule P3). The jobs themselves are bounded by their senders.
 */
export function createTurns(): (job: () => void) => void {
  const waiting: (() => void)[] = []
  let free = true

  function next(): void {
    const job = waiting.shift()
    free = job === undefined
    if (job === undefined) return
    setImmediate(next)
    job()
  }

  return (job) => {
    waiting.push(job)
    if (free) next()
  }
}
