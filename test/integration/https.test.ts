import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { get } from 'node:https'
import { get as getPlain, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createProcesses, type Processes } from '../support/processes.ts'

let processes: Processes
let dir: string
let api: string
let certificate: string
beforeAll(async () => {
  processes = createProcesses()
  dir = await processes.folder('https')
  const made = await processes.run(['store', 'create', '--data', dir, '--name', 'X', '--demo'])
  if (made.status !== 0) throw new Error(made.stderr)
  certificate = await readFile(join(dir, 'device.crt'), 'utf8')
  const { ready } = await processes.start([
    ...['terminal', '--data', dir, '--https', '--no-discovery'],
    ...['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0'],
  ])
  api = String(ready['api'])
})
afterAll(() => processes.close())

/** The name in the certificate is localhost, as a browser on the device would call it. */
const localUrl = (path: string): string => `https://localhost:${new URL(api).port}${path}`

test('[P1] the API is served in TLS, with the device’s own certificate and no other', async () => {
  expect(api).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  const [response] = (await once(
    get(localUrl('/healthz'), { ca: certificate, family: 4 }),
    'response',
  )) as [IncomingMessage]
  expect(response.statusCode).toBe(200)
  response.resume()
  await expect(once(get(localUrl('/healthz'), { family: 4 }), 'response')).rejects.toThrow(
    /self-signed/,
  )
  await expect(once(getPlain(api.replace('https', 'http')), 'response')).rejects.toThrow(
    /socket hang up|ECONNRESET/,
  )
})

test('[P1] screens connect through it, and so do commands on the same computer, the doctor among them', async () => {
  const options = { ca: certificate, family: 4 }
  const socket = new WebSocket(localUrl('/screens').replace('https', 'wss'), options)
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'hello', protocol: 1, screen: 'pos' }))
  const [message] = (await once(socket, 'message')) as [Buffer]
  expect(JSON.parse(message.toString())).toMatchObject({ type: 'welcome' })
  socket.terminate()
  const status = await processes.run(['status', '--data', dir])
  expect(JSON.parse(status.stdout)).toMatchObject({ running: true, peers: [] })
  const shown = await processes.run(['pair', '--data', dir, '--show'])
  expect(JSON.parse(shown.stdout)).toMatchObject({ code: expect.stringMatching(/^\d{8}$/) })
  expect((await processes.run(['doctor', '--data', dir])).stdout).toContain(
    'ok     Screens are told what changes.',
  )
})

test('[P1] without TLS the API is for this computer alone', async () => {
  const other = await processes.folder('plain')
  await processes.run(['store', 'create', '--data', other, '--name', 'X', '--demo'])
  const places = ['--api', '0.0.0.0:0', '--peer', '127.0.0.1:0', '--no-discovery']
  expect(await processes.run(['terminal', '--data', other, ...places])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('needs --https'),
  })
})
