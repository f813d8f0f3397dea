/**
 * By which name a reader knows a store's log:
 *
 *     0b6f…       the log as it came to be, or as a backup brought it back
 *     0b6f….2     the same, read from its beginning after it had been pruned twice
 *
 * To prune is to say that nobody reads on from a position before a certain one any more. Whoever is
 * behind it begins anew, under the newest name; whoever is ahead of it keeps the name that he has.
 * Under the newest name every position holds: a snapshot passes the ones that were pruned.
 */
export interface NamedLog {
  readonly logHandle: string
  readonly prunings: number
  readonly prunedTo: number
}

export const newestHandle = ({ logHandle, prunings }: NamedLog): string =>
  prunings === 0 ? logHandle : `${logHandle}.${prunings}`

/** Whether a reader with this handle may read on from behind that position. */
export function mayReadOn(log: NamedLog, handle: string, pos: number): boolean {
  const [base, count, ...more] = handle.split('.')
  if (base !== log.logHandle || more.length > 0 || !/^[1-9]\d{0,8}$/.test(count ?? '1'))
    return false
  const prunings = Number(count ?? 0)
  if (prunings > log.prunings) return false
  return prunings === log.prunings || pos >= log.prunedTo
}
