/** What the till tells of what was just done. */
export const news = {
  moved: {
    one: '{count} item moved to {number} · {place}',
    other: '{count} items moved to {number} · {place}',
  },
  sent: '{number} sent · {place}',
  settled: '{number}: settled',
  cancelled: '{number} cancelled',
  handedOver: '{number} handed over',
  backToCard: '{number}: {amount} goes back to the card',
  backInCash: '{number}: {amount} is handed back in cash',
  putBack: '{number}: put back to {to}',
  lateAccepted: 'What {device} wrote was accepted',
  printsX: 'The X report prints',
  printsZ: 'The Z report prints',
  duplicate: 'Duplicate of {number} goes to the printer',
  toPrinter: '{number} goes to the printer',
  testPage: 'A test page goes to {name}',
  drawerOpens: 'The drawer opens',
  notConnected:
    'Not connected to this till’s terminal. Nothing was changed; try again once it is back.',
  dismiss: 'Dismiss',
} as const
