import { expect, test } from 'vitest'
import { readMoment, readRefusal, readShellMessage } from './shell-messages.ts'

test('the messages of the shell are read', () => {
  expect(readShellMessage({ type: 'screen', screen: 'kitchen' })).toEqual({
    type: 'screen',
    screen: 'kitchen',
  })
  for (const key of ['PEM', null])
    expect(readShellMessage({ type: 'key', key })).toEqual({ type: 'key', key })
  for (const type of ['stop', 'resync']) expect(readShellMessage({ type })).toEqual({ type })
})

test.each([
  undefined,
  null,
  'stop',
  {},
  { type: 'key', key: 1 },
  { type: 'screen' },
  { type: 'screen', screen: 'office' },
])('%j is not a message of the shell', (data) => {
  expect(readShellMessage(data)).toBeUndefined()
})

test('a refusal of the terminal is read, and nothing else is taken for one', () => {
  expect(readRefusal({ type: 'refused', reason: 'It runs already.' })).toBe('It runs already.')
  for (const data of [undefined, null, {}, { type: 'refused' }, { type: 'refused', reason: 1 }])
    expect(readRefusal(data)).toBeUndefined()
})

test('how the store is is read whole or not at all', () => {
  const moment = {
    type: 'moment',
    openOrders: 2,
    isDrawerOpen: true,
    devices: 3,
    devicesHeard: 2,
    waiting: null,
    toSettle: 0,
    centralUrl: null,
    startPage: 'kitchen',
    guestDisplay: false,
  }
  expect(readMoment(moment)).toEqual(moment)
  for (const change of [
    { openOrders: -1 },
    { isDrawerOpen: 1 },
    { waiting: 'x' },
    { startPage: 'office' },
  ])
    expect(readMoment({ ...moment, ...change })).toBeUndefined()
  expect(readMoment(null)).toBeUndefined()
})
