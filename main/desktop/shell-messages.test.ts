import { expect, test } from 'vitest'
import { readRefusal, readShellMessage } from './shell-messages.ts'

test('the two messages of the shell are read', () => {
  expect(readShellMessage({ type: 'screen', screen: 'kitchen' })).toEqual({
    type: 'screen',
    screen: 'kitchen',
  })
  expect(readShellMessage({ type: 'stop' })).toEqual({ type: 'stop' })
})

test.each([undefined, null, 'stop', {}, { type: 'screen' }, { type: 'screen', screen: 'office' }])(
  '%j is not a message of the shell',
  (data) => {
    expect(readShellMessage(data)).toBeUndefined()
  },
)

test('a refusal of the terminal is read, and nothing else is taken for one', () => {
  expect(readRefusal({ type: 'refused', reason: 'It runs already.' })).toBe('It runs already.')
  for (const data of [undefined, null, {}, { type: 'refused' }, { type: 'refused', reason: 1 }])
    expect(readRefusal(data)).toBeUndefined()
})
