import { ROLES, type Catalog } from '../../../domain/catalog.ts'
import { TILL_RULES_ID, tillRules } from '../../../domain/approvals.ts'
import { ok, refuse } from '../../../domain/result.ts'
import {
  approvableOf,
  approvalIn,
  approvalOut,
  tillRulesIn,
  tillRulesOut,
} from '../../../protocol/rest/approval.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import type { ScreenRejection } from '../../../protocol/screens.ts'
import type { Approvals } from '../../approvals.ts'
import type { SignIn } from '../../terminal/sign-in.ts'
import { problemOf, type Problem } from '../problems.ts'
import { route, type Route } from '../route.ts'

const TILL_RULES = '/api/v1/till-rules'

/** What a cashier may do alone (rule A3). */
export const tillRulesRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: TILL_RULES,
    operationId: 'getTillRules',
    summary: 'What a cashier may do without a manager, and the reasons that the tills offer.',
    roles: ROLES,
    query: noQuery,
    answer: { status: 200, schema: tillRulesOut },
    handle: async ({ store }) => ok({ body: rulesToRest(await store.catalog()) }),
  }),
  route({
    method: 'PUT',
    path: TILL_RULES,
    operationId: 'setTillRules',
    summary: 'Says what a cashier may do without a manager, and which reasons the tills offer.',
    roles: ['manager', 'admin'],
    query: noQuery,
    body: tillRulesIn,
    answer: { status: 200, schema: tillRulesOut },
    handle: async ({ store, body, commandId: id, at, caller }) => {
      const value = {
        discountLimitPpm: body.discount_limit_ppm,
        reasons: body.reasons,
        ...(body.open_item_limit !== null && { openItemLimitMinor: body.open_item_limit }),
        ...(body.sign_out_after_minutes !== null && {
          signOutAfterMinutes: body.sign_out_after_minutes,
        }),
      }
      const set = { type: 'record.set', kind: 'till_rules', id: TILL_RULES_ID, value } as const
      await store.changeRecords({ id, at, actor: caller.actor }, () => ok([set]))
      return ok({ body })
    },
  }),
]

const rulesToRest = (catalog: Catalog) => {
  const { discountLimitPpm, reasons, openItemLimitMinor, signOutAfterMinutes } = tillRules(catalog)
  return {
    discount_limit_ppm: discountLimitPpm,
    open_item_limit: openItemLimitMinor ?? null,
    sign_out_after_minutes: signOutAfterMinutes ?? null,
    reasons,
  }
}

/** A manager's word for what a cashier's token is about to ask: at a device, where PINs are typed. */
export const approvalRoutes = (
  signIn: Pick<SignIn, 'tryManager'>,
  approvals: Pick<Approvals, 'give'>,
): Route[] => [
  route({
    method: 'POST',
    path: '/api/v1/approvals',
    operationId: 'approve',
    summary:
      'A manager approves one command of this caller: the id is good once, within a minute, for that command on that order.',
    roles: ['cashier', 'manager', 'admin'],
    query: noQuery,
    body: approvalIn,
    answer: { status: 201, schema: approvalOut },
    handle: async ({ caller, body, at }) => {
      const manager = await signIn.tryManager(body.staff_id, body.pin)
      if (!manager.ok) return refuse(problemOfPin(manager.error, at))
      const { staffId } = manager.value
      const command = approvableOf(body.command)
      const wish = { command, orderId: body.order_id, asker: caller.actor }
      const { approvalId, expiresAtMs } = approvals.give(wish, staffId)
      return ok({
        body: {
          approval_id: approvalId,
          approved_by: staffId,
          expires_at: new Date(expiresAtMs).toISOString(),
        },
      })
    },
  }),
]

function problemOfPin(rejection: ScreenRejection, at: string): Problem {
  switch (rejection.code) {
    case 'wrong_pin':
      return problemOf('wrong_pin', `The PIN is not right. Tries left: ${rejection.triesLeft}.`, {
        members: { tries_left: rejection.triesLeft },
      })
    case 'locked_out': {
      const seconds = Math.max(1, Math.ceil((rejection.untilMs - Date.parse(at)) / 1_000))
      return problemOf(
        'locked_out',
        `Too many wrong PINs. Wait ${seconds} s, or lift it at the till.`,
        {
          members: { until: new Date(rejection.untilMs).toISOString() },
          headers: { 'retry-after': String(seconds) },
        },
      )
    }
    case 'not_allowed':
      return problemOf('not_a_manager', 'Managers and admins approve.')
    case 'too_busy':
      return problemOf('too_busy', 'Too many PINs are being looked at. Try again.', {
        headers: { 'retry-after': '1' },
      })
    default:
      return problemOf(
        'pin_key_missing',
        'This device has not been given the key that the PIN takes. Connect it with another device of the store.',
      )
  }
}
