import { expect, test } from 'vitest'
import { linkIn, readLink } from './deep-links.ts'
import { officeAddress } from './office-address.ts'
import { readPageCall } from './page-calls.ts'
import { pageUrl } from './pages.ts'

test('a link names a window, and nothing else is a link', () => {
  expect(readLink('aura://till')).toBe('pos')
  expect(readLink('aura://kitchen/')).toBe('kitchen')
  for (const url of ['aura://', 'aura://till/../x', 'aura://kitchen?to=x', 'https://kitchen', 'x'])
    expect(readLink(url), url).toBeNull()
  expect(linkIn(['--data', 'x', 'aura://kitchen', 'aura://office'])).toBe('office')
  expect(linkIn(['--data', 'aura'])).toBeNull()
})

test('the office is opened in TLS or on this computer alone', () => {
  expect(officeAddress('https://centre.example/')).toBe('https://centre.example/office')
  expect(officeAddress('http://127.0.0.1:8010')).toBe('http://127.0.0.1:8010/office')
  for (const url of [
    null,
    'http://centre.example',
    'file:///etc/passwd',
    'javascript:x',
    'nothing',
  ])
    expect(officeAddress(url), String(url)).toBeNull()
  expect(officeAddress('https://user:word@centre.example')).toBeNull()
})

test('the log window may read the logs, and nobody may do anything else', () => {
  const logs = { url: pageUrl('logs'), isMainFrame: true }
  const call = { type: 'readLogs' }
  expect(readPageCall(logs, call)).toEqual(call)
  const wrong: [Parameters<typeof readPageCall>[0], unknown][] = [
    [null, call],
    [{ url: pageUrl('pos'), isMainFrame: true }, call],
    [{ url: 'https://screens/logs.html', isMainFrame: true }, call],
    [{ ...logs, isMainFrame: false }, call],
    [logs, null],
    [logs, 'readLogs'],
    [logs, { type: 'readFile' }],
    [logs, { ...call, path: '/etc/passwd' }],
  ]
  for (const [sender, data] of wrong) expect(() => readPageCall(sender, data)).toThrow(/^refused/)
})
