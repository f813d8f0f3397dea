/** The devices of the store. */
export const devices = {
  terminal: 'Till',
  kitchen: 'Kitchen screen',
  central: 'Centre',
  unknown: 'Unknown',
  removed: 'Removed',
  connected: 'Connected',
  ahead: 'Its clock is {age} ahead',
  behind: 'Its clock is {age} behind',
  joined: '{name} has joined the store. Its orders are numbered {code}-001 and so on.',
} as const
