import { expect, test } from 'vitest'
import type { Client } from '../../ui/client.ts'
import { useLive } from '../../ui/live-store.ts'
import { createTillActions } from '../actions.ts'
import { resetOnHandover } from '../handover.ts'
import { askApproval, openOrder, openSheet, useTill } from '../store.ts'
import { secondsLeft } from './idle.ts'

test('[A9] who is away is told for twenty seconds, then it is time; a touch begins anew', () => {
  const minute = 60_000
  expect(secondsLeft(undefined, 0, 99 * minute)).toBeNull()
  expect(secondsLeft(2, 0, 2 * minute - 20_001)).toBeNull()
  expect(secondsLeft(2, 0, 2 * minute - 20_000)).toBe(20)
  expect(secondsLeft(2, 0, 2 * minute - 1)).toBe(1)
  expect(secondsLeft(2, 0, 2 * minute)).toBe(0)
  expect(secondsLeft(2, 0, 9 * minute)).toBe(0)
  expect(secondsLeft(2, minute, 2 * minute)).toBeNull()
  // The clock was set back meanwhile.
  expect(secondsLeft(2, 60 * minute, 0)).toBeNull()
})

test('[A9] the order in hand is there again for the same person, and not for another one', async () => {
  resetOnHandover()
  const called: string[] = []
  const client = {
    call: async (type: string) => {
      called.push(type)
      useLive.setState({ signedIn: null })
      return { ok: true, value: null }
    },
  } as unknown as Client
  const { signOutIdle } = createTillActions(client)
  const person = (staffId: string) => ({ staffId, name: staffId, role: 'cashier' as const })
  useLive.setState({ signedIn: person('ana') })
  openOrder('order-1')
  openSheet({ kind: 'pay' })
  const approved = askApproval({ command: 'voidLine', orderId: 'order-1', about: null })
  useTill.setState({ isBusy: true })
  await signOutIdle()
  // What waited for a manager is told that nobody came, and is not cut off.
  expect(await approved).toBeNull()
  expect(called).toEqual([])
  useTill.setState({ isBusy: false })
  await signOutIdle()
  expect(called).toEqual(['signOut'])
  expect(useTill.getState()).toMatchObject({ orderId: 'order-1', sheet: { kind: 'pay' } })
  useLive.setState({ signedIn: person('ana') })
  expect(useTill.getState().orderId).toBe('order-1')
  useLive.setState({ signedIn: null })
  useLive.setState({ signedIn: person('ben') })
  expect(useTill.getState().orderId).toBeNull()
})
