/**
 * How much a till may take by cards while the bank is away. The limit is the store's, in a day; what
 * the others take while they are apart, nobody knows. So a till that hears every other one, and lacks
 * nothing of theirs, may take all that is left, and one that does not keeps to an equal part of it:
 *
 *     all heard:   limit − what all took
 *     apart:       (limit − what the others took, as far as it is known) ÷ tills − what it took itself
 *
 * Whatever is taken where all are heard, all hear of, and what each can take from there on without
 * hearing anything more comes to no more than what was left then. So the store never takes more than its
 * limit, but for what is on its way to the others at the very moment at which a cable is pulled.
 */
export interface OfflineTaken {
  readonly limitMinor: number
  /** In minor units, by this till itself and, as far as it is known here, by all the others. */
  readonly ownMinor: number
  readonly othersMinor: number
  /** Tills of the store, this one among them. */
  readonly tills: number
  readonly hearsAll: boolean
}

export function offlineLeftMinor(taken: OfflineTaken): number {
  const { limitMinor, ownMinor, othersMinor, tills, hearsAll } = taken
  const left = limitMinor - othersMinor
  return Math.max(0, (hearsAll ? left : Math.floor(left / Math.max(1, tills))) - ownMinor)
}
