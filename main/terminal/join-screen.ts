import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import fastify from 'fastify'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  screenMessageSchema,
  type AnswerValues,
  type ScreenCall,
  type ScreenRejection,
  type TerminalMessage,
} from '../../protocol/screens.ts'
import { formatAddress, isLoopback, parseAddress, requireAddress } from '../../sync/address.ts'
import { findMembers, type FoundMember } from '../../sync/find-members.ts'
import { interfacesFor } from '../../sync/interfaces.ts'
import { noSchemas } from '../api/no-schemas.ts'
import { joinDevice } from '../join-device.ts'
import { messageOf } from '../logger.ts'
import { attachPort, serveScreens, type Attachable, type ScreenPort } from './screen-carriers.ts'
import type { ScreenCarrier } from './screen-session.ts'
import { RENDERER_DIST, servePages } from './static-pages.ts'
import type { TerminalOptions } from './terminal.ts'

/**
 * What a terminal serves on an empty folder: the same pages, which ask what this device is to be:
 * the first of a new store, or one more of a store that is there. Once it belongs to one, its
 * terminal takes this one's place.
 */
export interface JoinScreen {
  readonly ready: { readonly joining: true; readonly api: string; readonly pid: number }
  /** Where it serves: the terminal that follows takes the same. */
  readonly api: string
  readonly joined: Promise<void>
  readonly attachScreen: (port: ScreenPort) => void
  readonly stop: () => Promise<void>
}

type CallOf<T extends ScreenCall['type']> = Extract<ScreenCall, { type: T }>
type Answer = Result<AnswerValues['joinStore' | 'checkMenuFile'], ScreenRejection>

/** A screen that hears nothing for some seconds takes its connection for dead. */
const SAY_EVERY_MS = 1_000
/** The answer has to reach the screen before its connection ends. */
const ANSWER_LEAVES_MS = 300

export async function startJoinScreen(
  options: TerminalOptions,
): Promise<Result<JoinScreen, string>> {
  const address = parseAddress(options.api)
  if (address === null) return refuse(`--api ${options.api} is not of the form HOST:PORT.`)
  if (!isLoopback(address.host)) {
    return refuse('A device joins at its own screen: until then --api takes 127.0.0.1 alone.')
  }
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const screens = createJoinScreens(options)
  const app = fastify({ schemaController: noSchemas, forceCloseConnections: true })
  await servePages(app, RENDERER_DIST, () => 'pos')
  const screenServer = serveScreens(app.server, screens)
  await app.listen(address)
  const { port } = app.server.address() as AddressInfo
  const api = formatAddress({ host: address.host, port })
  return ok({
    ready: { joining: true, api: `http://${api}`, pid: process.pid },
    api,
    joined: screens.joined,
    attachScreen: (screenPort) => attachPort(screenPort, screens),
    stop: async () => {
      screens.stop()
      screenServer.stop()
      await app.close()
    },
  })
}

function createJoinScreens({ dataDir, role, peer, discovery, logger }: TerminalOptions) {
  const carriers = new Set<ScreenCarrier>()
  const joined = Promise.withResolvers<void>()
  let members: readonly FoundMember[] = []
  /** One at a time: each draws the device's keys anew. */
  let isMaking = false

  const say = (): TerminalMessage => ({ type: 'joining', members, role })
  const sayToAll = (): void => carriers.forEach((carrier) => carrier.send(say()))
  const saying = setInterval(sayToAll, SAY_EVERY_MS)
  const finding = discovery
    ? findMembers(
        interfacesFor(requireAddress(peer).host, networkInterfaces()),
        logger,
        (found) => {
          members = found
          sayToAll()
        },
      )
    : null

  /** A tap that comes twice, or from two windows, makes one device of one store. */
  async function once(make: () => Promise<Answer>): Promise<Answer> {
    if (isMaking) return refuseJoining('This device is being set up just now. Wait for the answer.')
    isMaking = true
    try {
      const made = await make()
      if (made.ok) setTimeout(joined.resolve, ANSWER_LEAVES_MS)
      return made
    } catch (error) {
      return refuseJoining(`Nothing was saved: ${messageOf(error)}.`)
    } finally {
      isMaking = false
    }
  }

  async function join({ address, code, name, role: asked }: CallOf<'joinStore'>): Promise<Answer> {
    const at = parseAddress(address)
    if (at === null) return refuseJoining('The address has the form 192.168.1.20:41234.')
    const done = await joinDevice({ dir: dataDir, address: at, code, name, role: asked })
    if (!done.ok) return refuseJoining(done.error)
    logger.info('this device has joined a store', { store: done.value.storeId })
    return ok({ storeName: done.value.storeName })
  }

  async function found({ form }: CallOf<'foundStore'>): Promise<Answer> {
    const { foundFromForm } = await import('../founding/founding-screen.ts')
    const done = await foundFromForm(dataDir, form)
    if (!done.ok) return refuse({ code: 'not_founded', faults: done.error })
    logger.info('this device has opened a store')
    return done
  }

  async function checkFile(call: CallOf<'checkMenuFile'>): Promise<Answer> {
    const { checkFirstMenu } = await import('../founding/founding-screen.ts')
    const read = checkFirstMenu(call)
    return read.ok ? read : refuse({ code: 'not_founded', faults: read.error })
  }

  async function answerTo(message: ScreenCall): Promise<Answer> {
    switch (message.type) {
      case 'joinStore':
        return once(() => join(message))
      case 'foundStore':
        return once(() => found(message))
      case 'checkMenuFile':
        return checkFile(message)
      default:
        return refuseJoining('This device belongs to no store yet.')
    }
  }

  function attach(carrier: ScreenCarrier): ReturnType<Attachable['attach']> {
    let isOpen = false
    return {
      isOpen: () => isOpen,
      detach: () => void carriers.delete(carrier),
      receive(raw) {
        const parsed = screenMessageSchema.safeParse(raw)
        if (!parsed.success) return refuseMalformed(carrier, raw)
        const message = parsed.data
        if (message.type === 'hello') {
          isOpen = true
          carriers.add(carrier)
          return carrier.send(say())
        }
        const { callId } = message
        void answerTo(message).then((answer) => carrier.send(messageWith(callId, answer)))
      },
    }
  }

  return {
    attach,
    joined: joined.promise,
    stop: () => {
      clearInterval(saying)
      finding?.stop()
    },
  }
}

/** What can be answered is: a screen must not wait for ever. */
function refuseMalformed(carrier: ScreenCarrier, raw: unknown): void {
  const callId = (raw as { callId?: unknown } | null)?.callId
  if (typeof callId !== 'number') return carrier.close('not a message of this protocol')
  carrier.send(
    messageWith(callId, refuseJoining('What was sent is not complete. Look through it.')),
  )
}

const refuseJoining = (detail: string): Answer => refuse({ code: 'not_joined', detail })

function messageWith(callId: number, answer: Answer): TerminalMessage {
  if (answer.ok) return { type: 'answer', callId, ok: true, value: answer.value }
  const { error } = answer
  const message =
    error.code === 'not_joined'
      ? error.detail
      : error.code === 'not_founded'
        ? error.faults.join(' ')
        : error.code
  return { type: 'answer', callId, ok: false, error, message }
}
