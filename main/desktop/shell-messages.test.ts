import { expect, test } from 'vitest'
import { readShellMessage } from './shell-messages.ts'

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
