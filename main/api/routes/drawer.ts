import { businessDayIn } from '../../../domain/business-day.ts'
import { actsWithApproval } from '../../../domain/approvals.ts'
import { ROLES, type Role } from '../../../domain/catalog.ts'
import type { DrawerSession } from '../../../domain/drawer.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import {
  closeDrawerIn,
  drawersOfDay,
  drawerSession,
  drawerState,
  moveCashIn,
  noSaleIn,
  openDrawerIn,
  type RestDrawerSession,
} from '../../../protocol/rest/drawer.ts'
import { dayQuery } from '../../../protocol/rest/report.ts'
import { moneyOf, noQuery } from '../../../protocol/rest/values.ts'
import { drawersOfDay as sessionsOfDay } from '../../drawer/day-drawers.ts'
import type { Drawer, DrawerRefusal } from '../../drawer/drawer.ts'
import { currencyOf, minorOf, refused } from '../order-calls.ts'
import { problemOf, type Problem } from '../problems.ts'
import { route, type Call, type Route } from '../route.ts'

const DRAWER = '/api/v1/drawer'
const TILL: readonly Role[] = ['cashier', 'manager', 'admin']
const MANAGERS: readonly Role[] = ['manager', 'admin']

/** The cash drawer of this device, and the sessions of all that it has heard of. */
export function drawerRoutes(drawer: Drawer): Route[] {
  /** What should be in it is not told to who is about to count it. */
  const shown = (session: DrawerSession, role: Role): RestDrawerSession => {
    const isTold = session.closed === null && role !== 'cashier'
    return drawerToRest(session, isTold ? drawer.expected(session) : null)
  }

  const answer = (
    { caller }: Pick<Call<unknown, unknown, unknown>, 'caller'>,
    result: Result<DrawerSession, DrawerRefusal>,
  ) =>
    result.ok
      ? ok({ body: shown(result.value, caller.role) })
      : refuse(problemOfDrawer(result.error))

  return [
    route({
      method: 'GET',
      path: DRAWER,
      operationId: 'getDrawer',
      summary: 'The open session of this device’s cash drawer; null where it is closed.',
      roles: ROLES,
      query: noQuery,
      answer: { status: 200, schema: drawerState },
      handle: ({ caller }) => {
        const session = drawer.session()
        return ok({ body: { session: session && shown(session, caller.role) } })
      },
    }),
    route({
      method: 'POST',
      path: `${DRAWER}/open`,
      operationId: 'openDrawer',
      summary: 'Begins a session with a float.',
      roles: TILL,
      query: noQuery,
      body: openDrawerIn,
      answer: { status: 200, schema: drawerSession },
      handle: async (call) => {
        const float = minorOf(call.body.float, currencyOf(await call.store.catalog()))
        return float.ok ? answer(call, drawer.open(stampOf(call), float.value)) : float
      },
    }),
    route({
      method: 'POST',
      path: `${DRAWER}/cash`,
      operationId: 'moveCash',
      summary:
        'Cash that comes or goes without a sale: paid in, paid out, or dropped into the safe.',
      roles: TILL,
      query: noQuery,
      body: moveCashIn,
      answer: { status: 200, schema: drawerSession },
      handle: async (call) => {
        const { move, reason } = call.body
        const amount = minorOf(call.body.amount, currencyOf(await call.store.catalog()))
        if (!amount.ok) return amount
        return answer(call, drawer.move(stampOf(call), move, amount.value, reason))
      },
    }),
    route({
      method: 'POST',
      path: `${DRAWER}/no-sale`,
      operationId: 'openWithoutSale',
      summary: 'Writes down that the drawer was opened without a sale, and why.',
      roles: ['cashier', ...MANAGERS],
      approval: 'always',
      query: noQuery,
      body: noSaleIn,
      answer: { status: 200, schema: drawerSession },
      handle: (call) => {
        const { role } = call.caller
        const taken = actsWithApproval(role) ? call.takeApproval('openDrawer', null) : null
        if (actsWithApproval(role) && taken === null && !call.isRepeat) {
          return refused({ code: 'approval_required', command: 'openDrawer' })
        }
        const stamp = { ...stampOf(call), ...(taken && { approval: taken.approval }) }
        const opened = drawer.noSale(stamp, call.body.reason)
        if (!opened.ok) taken?.putBack()
        return answer(call, opened)
      },
    }),
    route({
      method: 'POST',
      path: `${DRAWER}/close`,
      operationId: 'closeDrawer',
      summary: 'Ends the session with what was counted, and says what is over or short.',
      roles: TILL,
      query: noQuery,
      body: closeDrawerIn,
      answer: { status: 200, schema: drawerSession },
      handle: async (call) => {
        const counted = minorOf(call.body.counted, currencyOf(await call.store.catalog()))
        if (!counted.ok) return counted
        return answer(call, drawer.close(stampOf(call), counted.value, call.body.note ?? null))
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/reports/drawers',
      operationId: 'getDrawersOfDay',
      summary: 'The sessions of all cash drawers that were opened in a business day.',
      roles: ['manager', 'admin', 'service'],
      query: dayQuery,
      answer: { status: 200, schema: drawersOfDay },
      handle: async ({ store, query, at }) => {
        const catalog = await store.catalog()
        const day = query.day ?? businessDayIn(catalog, Date.parse(at))
        const sessions = sessionsOfDay(drawer, catalog, day).map((session) =>
          drawerToRest(session, null),
        )
        return ok({ body: { business_day: day, sessions } })
      },
    }),
  ]
}

const stampOf = ({ commandId: id, at, caller }: Call<unknown, unknown, unknown>) => ({
  id,
  at,
  actor: caller.actor,
})

function problemOfDrawer(refusal: DrawerRefusal): Problem {
  return refusal.code === 'drawer_open'
    ? problemOf(
        'drawer_open',
        `The drawer was opened at ${refusal.openedAt} and is not closed yet.`,
        {
          members: { opened_at: refusal.openedAt },
        },
      )
    : problemOf('drawer_not_open', 'The drawer is closed. Open it with its float first.')
}

function drawerToRest(
  session: DrawerSession,
  now: ReturnType<Drawer['expected']> | null,
): RestDrawerSession {
  const { closed } = session
  const price = (minor: number) => moneyOf(minor, session.currency)
  const priceIf = (minor: number | undefined) => (minor === undefined ? null : price(minor))
  return {
    id: session.id,
    device_id: session.deviceId,
    opened_at: session.openedAt,
    opened_by: session.openedBy,
    float: price(session.floatMinor),
    paid_in: price(session.paidInMinor),
    paid_out: price(session.paidOutMinor),
    dropped: price(session.droppedMinor),
    no_sales: session.noSales,
    cash_sales: priceIf(closed?.cashSalesMinor ?? now?.salesMinor),
    cash_refunds: priceIf(closed?.cashRefundsMinor ?? now?.refundsMinor),
    expected: priceIf(closed?.expectedMinor ?? now?.expectedMinor),
    counted: priceIf(closed?.countedMinor),
    over_short: priceIf(closed?.overShortMinor),
    closed_at: closed?.at ?? null,
    closed_by: closed?.by ?? null,
    note: closed?.note ?? null,
  }
}
