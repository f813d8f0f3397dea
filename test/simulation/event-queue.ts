/** What happens next, by virtual time; at one time, in the order in which it was put in. */
export interface EventQueue {
  readonly nowMs: () => number
  readonly later: (delayMs: number, run: () => void) => void
  /** Moves time to the next happening and runs it. False: there is none. */
  readonly step: () => boolean
}

interface Happening {
  readonly atMs: number
  readonly number: number
  readonly run: () => void
}

const comesBefore = (a: Happening, b: Happening): boolean =>
  a.atMs === b.atMs ? a.number < b.number : a.atMs < b.atMs

export function createEventQueue(): EventQueue {
  let nowMs = 1_000
  let number = 0
  /** A binary heap: each happening comes before its two children. */
  const heap: Happening[] = []
  const at = (index: number): Happening => heap[index] as Happening

  function swap(i: number, j: number): void {
    const moved = at(i)
    heap[i] = at(j)
    heap[j] = moved
  }

  function later(delayMs: number, run: () => void): void {
    number += 1
    heap.push({ atMs: nowMs + delayMs, number, run })
    let index = heap.length - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!comesBefore(at(index), at(parent))) return
      swap(index, parent)
      index = parent
    }
  }

  function takeFirst(): Happening | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    heap[0] = last
    for (let index = 0; ;) {
      const [left, right] = [index * 2 + 1, index * 2 + 2]
      let smallest = index
      if (left < heap.length && comesBefore(at(left), at(smallest))) smallest = left
      if (right < heap.length && comesBefore(at(right), at(smallest))) smallest = right
      if (smallest === index) return first
      swap(index, smallest)
      index = smallest
    }
  }

  return {
    nowMs: () => nowMs,
    later,
    step() {
      const happening = takeFirst()
      if (happening === undefined) return false
      nowMs = happening.atMs
      happening.run()
      return true
    },
  }
}
