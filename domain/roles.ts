import type { Role } from './catalog.ts'
import type { OrderCommandType } from './commands.ts'

const till: readonly Role[] = ['cashier', 'manager', 'admin', 'service']
const kitchen: readonly Role[] = ['kitchen', 'manager', 'admin', 'service']
const everyone: readonly Role[] = ['cashier', 'kitchen', 'manager', 'admin', 'service']
const managers: readonly Role[] = ['manager', 'admin']
/** A cashier too, with a manager's approval where it takes one: see approvals.ts. */
const approved: readonly Role[] = ['cashier', ...managers]

/** Who may ask for what. Total: a new command does not compile until that is said of it. */
export const COMMAND_ROLES: Record<OrderCommandType, readonly Role[]> = {
  createOrder: till,
  addLines: till,
  changeLine: till,
  moveLines: till,
  mergeOrder: till,
  splitOrder: till,
  voidLine: till,
  compLine: approved,
  changeDetails: till,
  setDiscount: approved,
  setServiceCharge: approved,
  sendToKitchen: till,
  holdCourse: till,
  fireCourse: till,
  confirmOrder: till,
  startPreparing: kitchen,
  markReady: kitchen,
  completeOrder: till,
  cancelOrder: till,
  /** The device that looks after the order, by itself. */
  timeOutOrder: [],
  markLines: kitchen,
  bumpTicket: kitchen,
  recallTicket: kitchen,
  seeTickets: everyone,
  rushTickets: everyone,
  handTickets: everyone,
  seeChanges: kitchen,
  takePayment: till,
  sellVoucher: till,
  withdrawVoucher: till,
  refundPayment: approved,
  cancelPayment: till,
  settlePayment: managers,
  /** The device that asked the terminal, by itself. */
  recordOutcome: [],
  settleConflict: managers,
}

/** Who lets devices into the store and removes them. */
export const mayManageDevices = (role: Role): boolean => managers.includes(role)

/** Whose tokens read what is known of a guest. */
export const maySeeCustomers = (role: Role): boolean => till.includes(role)

export const mayCommand = (role: Role, command: OrderCommandType): boolean =>
  COMMAND_ROLES[command].includes(role)

/** Who opens the drawer without a sale. A cash payment opens it for everybody. */
export const mayOpenDrawer = (role: Role): boolean => managers.includes(role)
