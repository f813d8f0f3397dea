import { ROLES, type Catalog, type RecordValue } from '../../../domain/catalog.ts'
import { decideScreen, type DeviceScreen } from '../../../domain/device-screen.ts'
import { isRevoked, type RevocationRefusal } from '../../../domain/roster.ts'
import { ok, refuse } from '../../../domain/result.ts'
import { device, deviceParams, devicePage, deviceScreenIn } from '../../../protocol/rest/menu.ts'
import type { LateEntries } from '../../../protocol/screens.ts'
import { noQuery, pageQuery } from '../../../protocol/rest/values.ts'
import { acceptLateIn, lateEntriesList, lateToRest } from '../../../protocol/rest/late-entries.ts'
import { pageOfAll } from '../paging.ts'
import { problemOf } from '../problems.ts'
import { route, type Route } from '../route.ts'

const DEVICES = '/api/v1/devices'
const LATE_ENTRIES = '/api/v1/late-entries'
const MANAGERS = ['manager', 'admin'] as const

/** The roster: who belongs to the store, and who did. */
export const deviceRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: DEVICES,
    operationId: 'listDevices',
    summary: 'The roster: the devices that belong to the store, and those that were removed.',
    roles: ROLES,
    query: pageQuery,
    answer: { status: 200, schema: devicePage },
    handle: async ({ store, query }) => {
      const catalog = await store.catalog()
      const selfId = await store.deviceId()
      const devices = [...catalog.device].map(([id, record]) => toRest(catalog, selfId, id, record))
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
    handle: async ({ store, params, caller, commandId, at }) => {
      const stamp = { id: commandId, at, actor: caller.actor }
      const removed = await store.removeDevice(stamp, params.id)
      const catalog = await store.catalog()
      const record = catalog.device.get(params.id)
      if (!record || !removed.ok) {
        const code = removed.ok ? 'device_not_found' : removed.error
        return refuse(problemOf(code, explainRevocation(code, params.id)))
      }
      return ok({ body: toRest(catalog, await store.deviceId(), params.id, record) })
    },
  }),
  route({
    method: 'PUT',
    path: `${DEVICES}/{id}/screen`,
    operationId: 'setDeviceScreen',
    summary: 'Says what the screen of a device is there for. The device takes it over by itself.',
    roles: MANAGERS,
    params: deviceParams,
    query: noQuery,
    body: deviceScreenIn,
    answer: { status: 200, schema: device },
    handle: async ({ store, params: { id: deviceId }, body, caller, commandId: id, at }) => {
      const { use, station_ids: stationIds, guest_display: guestDisplay } = body
      const written = await store.changeRecords({ id, at, actor: caller.actor }, (catalog) =>
        decideScreen(catalog, deviceId, { use, stationIds, guestDisplay }),
      )
      const catalog = await store.catalog()
      const record = catalog.device.get(deviceId)
      if (!written.ok || !record) {
        return refuse(
          problemOf('device_not_found', explainRevocation('device_not_found', deviceId)),
        )
      }
      return ok({ body: toRest(catalog, await store.deviceId(), deviceId, record) })
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
    handle: async ({ store }) => lateAnswer(await store.lateEntries()),
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
    handle: async ({ store, body, caller, commandId, at }) => {
      const stamp = { id: commandId, at, actor: caller.actor }
      const accepted = await store.acceptLateEntries(stamp, {
        origin: body.origin,
        upTo: body.up_to,
      })
      return accepted.ok
        ? lateAnswer(await store.lateEntries())
        : refuse(problemOf(accepted.error, NO_LATE_ENTRIES))
    },
  }),
]

const toRest = (
  catalog: Catalog,
  selfId: string | null,
  id: string,
  { name, role, code, origin, admittedBy }: RecordValue<'device'>,
) => ({
  id,
  name,
  role,
  code,
  origin,
  admitted_by: admittedBy,
  this_device: id === selfId,
  revoked: isRevoked(catalog, id),
  screen: screenToRest(catalog.device_screen.get(id)),
})

const screenToRest = (screen: DeviceScreen | undefined) =>
  screen === undefined
    ? null
    : {
        use: screen.use,
        station_ids: screen.stationIds,
        guest_display: screen.guestDisplay,
      }

const lateAnswer = (late: readonly LateEntries[]) => ok({ body: { data: late.map(lateToRest) } })

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
