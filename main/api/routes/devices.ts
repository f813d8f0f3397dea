import { ROLES, type RecordValue } from '../../../domain/catalog.ts'
import { isRevoked, type RevocationRefusal } from '../../../domain/roster.ts'
import { ok, refuse } from '../../../domain/result.ts'
import { device, deviceParams, devicePage } from '../../../protocol/rest/menu.ts'
import { noQuery, pageQuery } from '../../../protocol/rest/values.ts'
import { acceptLateIn, lateEntriesList, lateToRest } from '../../../protocol/rest/late-entries.ts'
import { acceptLateEntries, createLateEntries } from '../../late-entries.ts'
import { removeDevice } from '../../remove-device.ts'
import type { ApiDeps } from '../deps.ts'
import { pageOfAll } from '../paging.ts'
import { problemOf } from '../problems.ts'
import { route, type Route } from '../route.ts'

const DEVICES = '/api/v1/devices'
const LATE_ENTRIES = '/api/v1/late-entries'
const MANAGERS = ['manager', 'admin'] as const

/** The roster: who belongs to the store, and who did. */
export function deviceRoutes({ store, ring }: ApiDeps): Route[] {
  const late = createLateEntries(store)
  const toRest = (id: string, { name, role, code, origin, admittedBy }: RecordValue<'device'>) => ({
    id,
    name,
    role,
    code,
    origin,
    admitted_by: admittedBy,
    this_device: id === store.deviceId,
    revoked: isRevoked(store.catalog(), id),
  })

  return [
    route({
      method: 'GET',
      path: DEVICES,
      operationId: 'listDevices',
      summary: 'The roster: the devices that belong to the store, and those that were removed.',
      roles: ROLES,
      query: pageQuery,
      answer: { status: 200, schema: devicePage },
      handle: ({ query }) => {
        const devices = [...store.catalog().device].map(([id, record]) => toRest(id, record))
        const page = pageOfAll(devices, (one) => [one.code, one.id], query)
        return page.ok ? ok({ body: page.value }) : page
      },
    }),
    route({
      method: 'DELETE',
      path: `${DEVICES}/{id}`,
      operationId: 'revokeDevice',
      summary: 'Removes a device from the store for good: no other device speaks with it any more.',
      roles: MANAGERS,
      params: deviceParams,
      query: noQuery,
      answer: { status: 200, schema: device },
      handle: ({ params, caller, commandId, at }) => {
        const record = store.catalog().device.get(params.id)
        const stamp = { id: commandId, at, actor: caller.actor }
        const removed = removeDevice({ store, ring }, stamp, params.id)
        if (!record || !removed.ok) {
          const code = removed.ok ? 'device_not_found' : removed.error
          return refuse(problemOf(code, explainRevocation(code, params.id)))
        }
        return ok({ body: toRest(params.id, record) })
      },
    }),
    route({
      method: 'GET',
      path: LATE_ENTRIES,
      operationId: 'listLateEntries',
      summary:
        'What removed devices wrote after their removal, or was not known at it. It counts; a manager says that it is right.',
      roles: ROLES,
      query: noQuery,
      answer: { status: 200, schema: lateEntriesList },
      handle: () => ok({ body: { data: late().map(lateToRest) } }),
    }),
    route({
      method: 'POST',
      path: `${LATE_ENTRIES}/accept`,
      operationId: 'acceptLateEntries',
      summary: 'What a removed device wrote, up to a number, is right: nobody is asked again.',
      roles: MANAGERS,
      query: noQuery,
      body: acceptLateIn,
      answer: { status: 200, schema: lateEntriesList },
      handle: ({ body, caller, commandId, at }) => {
        const stamp = { id: commandId, at, actor: caller.actor }
        const accepted = acceptLateEntries(store, stamp, { origin: body.origin, upTo: body.up_to })
        return accepted.ok
          ? ok({ body: { data: late().map(lateToRest) } })
          : refuse(problemOf(accepted.error, NO_LATE_ENTRIES))
      },
    }),
  ]
}

export const NO_LATE_ENTRIES =
  'No entries of a removed device wait there for a word. Look again: somebody may have said it.'

export function explainRevocation(refusal: RevocationRefusal, deviceId: string): string {
  switch (refusal) {
    case 'device_not_found':
      return `The store has no device ${deviceId}.`
    case 'last_device':
      return 'This is the last device of the store: nobody would be left.'
  }
}
