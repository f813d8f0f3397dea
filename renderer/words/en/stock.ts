/** What is in stock, and what is sold out. */
export const stock = {
  oversold: 'Oversold',
  out: 'None left',
  low: 'Low',
  notCounted: 'Not counted',
} as const
