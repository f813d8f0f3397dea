/** Takeout, delivery, the inbox, hours, training, the first run, settings. */
export const front = {} as const
