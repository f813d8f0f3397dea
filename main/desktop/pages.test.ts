import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts'
import { fileOf, isOwnPage, pageUrl, servePage } from './pages.ts'

const ROOT = '/app/dist/renderer'
const ESCAPES = [
  'app://screens/../secret.html',
  'app://screens/%2e%2e/secret.html',
  'app://screens/..%2fsecret.html',
  'app://screens/assets/..%2f..%2fsecret.html',
  'app://screens/..%5csecret.html',
  'app://screens/%00.html',
  'app://screens/%zz.html',
  'app://screens//etc/passwd',
]

describe('the address of a page', () => {
  test('stands for a built file', () => {
    expect(fileOf(pageUrl('pos'), ROOT)).toBe(`${ROOT}/pos.html`)
    expect(fileOf('app://screens/assets/a%20b.js?v=1#x', ROOT)).toBe(`${ROOT}/assets/a b.js`)
  })

  test.each(ESCAPES)('never leads out of the folder: %s', (url) => {
    const file = fileOf(url, ROOT)
    expect(file === undefined || file.startsWith(`${ROOT}/`)).toBe(true)
  })

  test('the folder itself, another host and another scheme stand for nothing', () => {
    expect(fileOf('app://screens/', ROOT)).toBeUndefined()
    expect(fileOf('app://elsewhere/pos.html', ROOT)).toBeUndefined()
    expect(fileOf('file:///app/dist/renderer/pos.html', ROOT)).toBeUndefined()
  })

  test('a window may show nothing but our own pages', () => {
    expect(isOwnPage(pageUrl('kitchen'))).toBe(true)
    for (const url of [
      'https://screens/pos.html',
      'app://screens.example/pos.html',
      'app://user@elsewhere/pos.html',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,x',
      'about:blank',
      'not an address',
    ]) {
      expect(isOwnPage(url), url).toBe(false)
    }
  })
})

describe('serving a page', () => {
  let folder: string
  let root: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aura-pages-'))
    root = join(folder, 'renderer')
    await mkdir(join(root, 'assets'), { recursive: true })
    await writeFile(join(root, 'pos.html'), '<p>till')
    await writeFile(join(root, 'assets', 'till.js'), 'go()')
    await writeFile(join(root, 'secret.env'), 'x')
    await writeFile(join(folder, 'secret.html'), 'x')
  })
  afterAll(() => rm(folder, { recursive: true }))

  const get = (url: string, method = 'GET') => servePage(new Request(url, { method }), root)

  test('answers the file with its type and the strict policy', async () => {
    const page = await get('app://screens/pos.html')
    expect(page.status).toBe(200)
    expect(await page.text()).toBe('<p>till')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY)
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    const script = await get('app://screens/assets/till.js')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  test('the policy starts from nothing and allows no inline script or style', () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; /)
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/)
  })

  test('answers 404 for what is not there, not ours, or of no kind that we build', async () => {
    for (const url of [
      'app://screens/none.html',
      'app://screens/assets',
      'app://screens/secret.env',
      ...ESCAPES,
    ]) {
      const answer = await get(url)
      expect(answer.status, url).toBe(404)
      expect(await answer.text(), url).toBe('')
    }
  })

  test('takes no other method than GET', async () => {
    expect((await get('app://screens/pos.html', 'POST')).status).toBe(405)
  })
})
