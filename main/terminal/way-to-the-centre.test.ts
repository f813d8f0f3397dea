import { expect, onTestFinished, test } from 'vitest'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { isRevoked } from '../../domain/roster.ts'
import { createUpstream } from '../../sync/upstream.ts'
import { openTestDevice } from '../../test/support/devices.ts'
import { waitUntil } from '../../test/support/wait-until.ts'
import { createMembership } from './membership.ts'
import { openWayToTheCentre } from './way-to-the-centre.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }

test('[P1] a device that learns of its removal neither uploads nor downloads any more, also at the next start', async () => {
  const { store, connection, close } = await openTestDevice('A')
  onTestFinished(close)
  let calls = 0
  const membership = createMembership(store, createLocalSettings(connection))
  // A centre that is not there: the device calls it again and again.
  const fetchNothing = () => {
    calls += 1
    return Promise.reject(new Error('refused'))
  }
  let downStarted = 0
  let downStopped = 0
  let keysStopped = 0
  const open = () =>
    openWayToTheCentre({
      isRemoved: () => isRevoked(store.catalog(), store.deviceId),
      membership,
      startUpstream: () =>
        createUpstream({
          log: store,
          url: 'http://centre.example',
          token: 't',
          deviceId: store.deviceId,
          fetch: fetchNothing,
          now: Date.now,
          random: () => 0,
          logger: quiet,
        }),
      startDownstream: async () => {
        downStarted += 1
        const stop = async () => void (downStopped += 1)
        return { stop }
      },
      startKeys: () => ({ stop: async () => void (keysStopped += 1) }),
    })
  const way = await open()
  await waitUntil(() => calls > 1)
  expect(way.status()).toMatchObject({ configured: true, lastError: expect.any(String) as string })

  const revocation: RecordEvent = {
    type: 'record.set',
    kind: 'revocation',
    id: store.deviceId,
    value: { revokedBy: 'device-B', held: {} },
  }
  store.setRecords({ id: 'removal', at: 'now', actor: 'test', command: [revocation] })
  expect(way.status()).toMatchObject({
    configured: true,
    lastError: 'this device was removed from the store',
  })
  await way.stop()
  const before = calls
  expect([downStarted, downStopped]).toEqual([1, 1])
  const again = await open()
  store.setRecords({
    id: 'more',
    at: 'now',
    actor: 'test',
    command: [{ type: 'record.set', kind: 'availability', id: 'i', value: { available: true } }],
  })
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect([calls, downStarted]).toEqual([before, 1])
  await again.stop()
})
