import { isShownTo } from '../../../domain/alerts.ts'
import { ROLES } from '../../../domain/catalog.ts'
import { ok, refuse } from '../../../domain/result.ts'
import { acknowledgeIn, alert, alertList, alertToRest } from '../../../protocol/rest/alert.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { problemOf } from '../problems.ts'
import { route, type Route } from '../route.ts'

const ALERTS = '/api/v1/alerts'

/** What somebody has to look at; each role is shown what it can do something about. */
export const alertRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: ALERTS,
    operationId: 'listAlerts',
    summary:
      'What somebody has to look at: orders that wait or are late, cards, printers, the centre, stock. Printers and the centre are told by devices alone.',
    roles: ROLES,
    query: noQuery,
    answer: { status: 200, schema: alertList },
    handle: async ({ store, caller: { role } }) => {
      const shown = (await store.alerts()).filter((one) => isShownTo(one, role))
      return ok({ body: { data: shown.map(alertToRest) } })
    },
  }),
  route({
    method: 'POST',
    path: `${ALERTS}/acknowledge`,
    operationId: 'acknowledgeAlert',
    summary: 'Somebody has seen it, and every device is told. It stays until its cause ends.',
    roles: ROLES,
    query: noQuery,
    body: acknowledgeIn,
    answer: { status: 200, schema: alert },
    handle: async ({ store, commandId, at, caller, body }) => {
      const stamp = { id: commandId, at, actor: caller.actor }
      const seen = await store.acknowledgeAlert(stamp, body.id, caller.role)
      if (!seen.ok)
        return refuse(problemOf('alert_not_found', 'There is no such alert (any more).'))
      return ok({ body: alertToRest(seen.value) })
    },
  }),
]
