/** A manager’s word for one thing. */
export const approval = {
  title: 'A manager has to approve this',
  which: 'Which manager?',
  createOrder: 'An open item above the limit',
  addLines: 'An open item above the limit',
  changeLine: 'An open item above the limit',
  compLine: 'An item for nothing',
  setServiceCharge: 'Another service charge',
  changeDetails: 'Promise more than the kitchen has room for',
  voidLine: 'Void an item that the kitchen has',
  cancelOrder: 'Cancel an order that the kitchen has',
  setDiscount: 'Discount above the limit',
  refundPayment: 'Refund',
  openDrawer: 'Open the drawer without a sale',
} as const
