/** The kitchen’s screens. */
export const kitchen = {} as const
