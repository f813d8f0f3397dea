/** The floor plan, tables, courses, seats and splitting. */
export const floor = {} as const
