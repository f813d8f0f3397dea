/** Looks often at first: what takes long is looked at less, so that it does not take longer for it. */
const FIRST_PAUSE_MS = 5
const LONGEST_PAUSE_MS = 50

/** Waits for something to become true, and says by its rejection that it did not. */
export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs = 5_000,
): Promise<void> {
  const endMs = performance.now() + timeoutMs
  let pauseMs = FIRST_PAUSE_MS
  while (!(await isTrue())) {
    if (performance.now() > endMs)
      throw new Error(`not so after ${timeoutMs} ms: ${String(isTrue)}`)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.2)
  }
}
