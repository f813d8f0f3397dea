import type { OrderView } from '../../domain/order-view.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { mayManageDevices, maySeeCustomers } from '../../domain/roles.ts'
import type {
  ErasedCustomer,
  FoundCustomer,
  ScreenCall,
  ScreenRejection,
  SignedIn,
} from '../../protocol/screens.ts'
import type { ErasureReach } from '../personal-data/erasure-reach.ts'
import type { Guests } from '../personal-data/guests.ts'

/** Customers, as a till looks them up and a manager erases them. */
export interface CustomerCalls {
  readonly find: (
    call: Extract<ScreenCall, { type: 'findCustomers' }>,
    staff: SignedIn | null,
  ) => Result<readonly FoundCustomer[], ScreenRejection>
  readonly erase: (
    call: Extract<ScreenCall, { type: 'eraseCustomer' }>,
    staff: SignedIn | null,
  ) => Result<ErasedCustomer, ScreenRejection>
}

export interface CustomerCallsDeps {
  readonly guests: Pick<Guests, 'desk'>
  readonly erasedOn: (customerId: string) => readonly ErasureReach[]
  readonly nowMs: () => number
}

const ORDERS_SHOWN = 3

export function createCustomerCalls({
  guests: { desk },
  erasedOn,
  nowMs,
}: CustomerCallsDeps): CustomerCalls {
  return {
    find: ({ phone }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      if (!maySeeCustomers(staff.role)) return refuse({ code: 'not_allowed' })
      const found = desk.find({ phone }).map(({ id, customer }) => ({
        id,
        customer,
        orders: desk.orders(id, ORDERS_SHOWN).map(summaryOf),
      }))
      return ok(found)
    },
    erase: ({ commandId, customerId }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      if (!mayManageDevices(staff.role)) return refuse({ code: 'not_allowed' })
      const at = new Date(nowMs()).toISOString()
      const stamp = { id: commandId, at, actor: `staff:${staff.staffId}` }
      if (!desk.erase(stamp, customerId)) return refuse({ code: 'customer_not_found' })
      return ok({ erasedOn: erasedOn(customerId).map(({ name, erased }) => ({ name, erased })) })
    },
  }
}

const summaryOf = ({ id, number, createdAt, currency, lines, totals }: OrderView) => ({
  ...{ id, number, createdAt, currency, totalMinor: totals.totalMinor },
  items: lines
    .filter(({ voided, movedTo }) => !voided && movedTo === null)
    .map(({ quantity, name }) => `${quantity} × ${name}`)
    .join(', '),
})
