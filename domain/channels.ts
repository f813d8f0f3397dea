/** The ways in which a guest gets what was ordered. */
export const CHANNELS = ['dine_in', 'takeout', 'delivery', 'online'] as const
export type Channel = (typeof CHANNELS)[number]
