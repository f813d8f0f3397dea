/** Waits for something to become true, and says by its rejection that it did not. */
export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs = 5_000,
): Promise<void> {
  const endMs = performance.now() + timeoutMs
  while (!(await isTrue())) {
    if (performance.now() > endMs)
      throw new Error(`not so after ${timeoutMs} ms: ${String(isTrue)}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
