/** Ringing up: search, favourites, open items, comps, undo. */
export const lines = {} as const
