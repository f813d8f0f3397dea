import type { JournalLine } from './journal.ts'

/** What a session of a cash drawer comes to: M1 for the drawer. Pure. */

export interface CashTaken {
  /** Amounts and tips of cash payments taken at this device while the session was open. */
  readonly salesMinor: number
  readonly refundsMinor: number
}

export interface DrawerSession {
  readonly id: string
  readonly deviceId: string
  readonly currency: string
  readonly openedAt: string
  readonly openedBy: string
  readonly floatMinor: number
  readonly paidInMinor: number
  readonly paidOutMinor: number
  readonly droppedMinor: number
  /** Times that it was opened without a sale. */
  readonly noSales: number
  readonly closed: DrawerClosing | null
}

export interface DrawerClosing {
  readonly at: string
  readonly by: string
  readonly countedMinor: number
  readonly expectedMinor: number
  readonly cashSalesMinor: number
  readonly cashRefundsMinor: number
  /** Above zero: there was more in it than there should have been. */
  readonly overShortMinor: number
  readonly note: string | null
}

/** The lines of one session, in any order; null where its opening is not among them. */
export function readSession(lines: readonly JournalLine[]): DrawerSession | null {
  const opened = lines.find((line) => line.kind === 'drawer_opened')
  if (!opened) return null
  const moved = (move: string): number =>
    lines.reduce(
      (sum, line) =>
        line.kind === 'drawer_moved' && line.value.move === move
          ? sum + line.value.amountMinor
          : sum,
      0,
    )
  return {
    id: opened.id,
    deviceId: opened.value.deviceId,
    currency: opened.value.currency,
    openedAt: opened.at,
    openedBy: opened.actor,
    floatMinor: opened.value.floatMinor,
    paidInMinor: moved('paid_in'),
    paidOutMinor: moved('paid_out'),
    droppedMinor: moved('drop'),
    noSales: lines.filter((line) => line.kind === 'drawer_popped').length,
    closed: closingOf(lines),
  }
}

function closingOf(lines: readonly JournalLine[]): DrawerClosing | null {
  const closed = lines.find((line) => line.kind === 'drawer_closed')
  if (!closed) return null
  const { countedMinor, expectedMinor, cashSalesMinor, cashRefundsMinor, note } = closed.value
  return {
    at: closed.at,
    by: closed.actor,
    countedMinor,
    expectedMinor,
    cashSalesMinor,
    cashRefundsMinor,
    overShortMinor: countedMinor - expectedMinor,
    note,
  }
}

/** What should be in it: float + cash sales - cash refunds + paid in - paid out - drops. */
export const expectedCash = (session: DrawerSession, { salesMinor, refundsMinor }: CashTaken) =>
  session.floatMinor +
  salesMinor -
  refundsMinor +
  session.paidInMinor -
  session.paidOutMinor -
  session.droppedMinor
