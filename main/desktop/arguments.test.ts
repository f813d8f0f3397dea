import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ownArguments, readArguments } from './arguments.ts'

test('without arguments the store lies in the folder of the user', () => {
  expect(readArguments([], '/home/ann/app')).toEqual({
    screen: 'pos',
    dataFolder: '/home/ann/app/store',
    openingHours: null,
    keyInFile: false,
    terminalArguments: ['--data', '/home/ann/app/store'],
  })
})

test('what is named is handed to the terminal as it is', () => {
  const argv = ['--data', '/stores/1', '--role', 'kitchen', '--api', '127.0.0.1:0']
  expect(readArguments(argv, '/home/ann/app')).toEqual({
    screen: 'kitchen',
    dataFolder: '/stores/1',
    openingHours: null,
    keyInFile: false,
    terminalArguments: argv,
  })
  expect(readArguments(['--data=/stores/1', '--role=kitchen'], '/x')).toMatchObject({
    screen: 'kitchen',
    dataFolder: '/stores/1',
  })
})

test('switches of Chromium are no business of the terminal', () => {
  const { terminalArguments } = readArguments(
    ['--no-sandbox', '--remote-debugging-port=0', '--data', '/stores/1'],
    '/x',
  )
  expect(terminalArguments).toEqual(['--data', '/stores/1'])
})

test('a link, the opening hours and where the key lies are for the shell, not for the terminal', () => {
  const own = ['--open-hours=07:00-23:30', '--key-in-file', 'aura://kitchen']
  const argv = ['--data', '/stores/1', ...own]
  expect(readArguments(argv, '/x')).toEqual({
    screen: 'pos',
    dataFolder: '/stores/1',
    openingHours: { from: 420, to: 1410 },
    keyInFile: true,
    terminalArguments: ['--data', '/stores/1'],
  })
})

test('our own part begins after the program, and in development after the folder of the app', () => {
  const own = ['--data', '/stores/1']
  expect(ownArguments(['/opt/aura', ...own], null)).toEqual(own)
  expect(ownArguments(['electron', '.', ...own], resolve('.'))).toEqual(own)
  expect(ownArguments(['electron', '--no-sandbox', '/app', ...own], '/app')).toEqual(own)
})
