import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { assertDurable, type Connection } from '../../db/sqlite/connection.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import type { Signatures } from '../../db/sqlite/entry-log.ts'
import { openStore, type Store } from '../../db/sqlite/store.ts'
import { createTokens, type Tokens } from '../../db/sqlite/tokens.ts'
import { startPage } from '../../domain/device-screen.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { isRevoked } from '../../domain/roster.ts'
import type { DeviceStatus, PeerStatus } from '../../protocol/screens.ts'
import { formatAddress, isLoopback, parseAddress, type HostAndPort } from '../../sync/address.ts'
import { dialableAddress, isEveryAddress } from '../../sync/interfaces.ts'
import { createApi } from '../api/api.ts'
import { createAlerts } from '../alerts/alerts.ts'
import { createApprovals } from '../approvals.ts'
import type { Config } from '../config.ts'
import {
  lockDevice,
  noDevice,
  openDevice,
  openKeys,
  removeControl,
  runningDevice,
  writeControl,
} from '../data-folder.ts'
import { messageOf, type Logger } from '../logger.ts'
import { newId } from '../new-id.ts'
import { beginSignedLog, signAfterBursts, signaturesOf } from '../signed-log.ts'
import { LARGE_BACKLOG } from '../doctor/device.ts'
import { freeBytes, LARGEST_DRIFT_MS, LEAST_FREE_BYTES } from '../doctor/folder.ts'
import { addDeviceGauges } from '../observation/device-gauges.ts'
import { createDeviceObservation } from '../observation/observation.ts'
import { observeStore } from '../observation/written.ts'
import { createLateEntries } from '../late-entries.ts'
import { createPins } from '../pin.ts'
import { createErasureReach } from '../personal-data/erasure-reach.ts'
import { openPersonalData } from '../personal-data/personal-data.ts'
import { keepUp } from '../personal-data/upkeep.ts'
import { wipeAfterErasure } from '../personal-data/wipe.ts'
import { cardTerminalOf, startPayments } from '../payments/start-payments.ts'
import { createOlderOrders } from '../older-orders.ts'
import { startScheduledOrders } from '../scheduled-orders.ts'
import { createShifts } from '../shifts/shifts.ts'
import { createSettingsCalls } from './settings-calls.ts'
import { createTrainingCalls } from './training-calls.ts'
import { createShiftCalls } from './shift-calls.ts'
import { startTimeouts } from '../order-timeouts.ts'
import { createDrawer } from '../drawer/drawer.ts'
import { startNotices } from '../notifications/start-notices.ts'
import { LOOK_EVERY_MS } from '../printing/limits.ts'
import { createPrinting } from '../printing/printing.ts'
import { addControl } from './control.ts'
import { createCustomerCalls } from './customer-calls.ts'
import { createDrawerCalls } from './drawer-calls.ts'
import { createFloorCalls } from './floor-calls.ts'
import { createPictureCalls } from './picture-calls.ts'
import { createPopularItems } from './popular-items.ts'
import { createStaffCalls } from './staff-calls.ts'
import { createVoucherCodes } from '../vouchers/code.ts'
import { createVouchers } from '../vouchers/vouchers.ts'
import { createVoucherCalls } from './voucher-calls.ts'
import { createStockCalls } from './stock-calls.ts'
import { createDeviceCalls } from './device-calls.ts'
import { checkpointWhenIdle } from './idle-checkpoint.ts'
import { startLeaving } from './leaving.ts'
import { createReportCalls } from './report-calls.ts'
import { momentOf, type StoreMoment } from './moment.ts'
import { startNetwork, type Network } from './network.ts'
import { attachPort, serveScreens, type ScreenPort } from './screen-carriers.ts'
import { createAlone } from './alone.ts'
import { createScreens, type Screens } from './screens.ts'
import { createSignIn } from './sign-in.ts'
import { RENDERER_DIST, servePages } from './static-pages.ts'

export type { ScreenPort } from './screen-carriers.ts'

export interface TerminalOptions {
  readonly dataDir: string
  /** Null: as it was made. */
  readonly role: 'terminal' | 'kitchen' | null
  /** `HOST:PORT` of the REST API and the screens. */
  readonly api: string
  /** Serve them in TLS with the device's own certificate, and then on any address. */
  readonly https: boolean
  /** `HOST:PORT` on which other devices dial in. */
  readonly peer: string
  readonly discovery: boolean
  /** Peers to dial, beside those that are found. */
  readonly connect: readonly string[]
  readonly central: string | null
  readonly config: Config
  readonly logger: Logger
  /** This is a training, beside the real store in that folder: see main/training. */
  readonly training?: { readonly realDir: string }
  /** The device's key, where the desktop program has it; else it lies in the data folder. */
  readonly privateKey?: string
}

export interface ReadyLine {
  readonly ready: true
  readonly device_id: string
  readonly store_id: string
  readonly origin: string
  readonly api: string
  readonly peer: string
  readonly pid: number
}

export interface Terminal {
  readonly ready: ReadyLine
  readonly attachScreen: (port: ScreenPort) => void
  readonly moment: () => StoreMoment
  /** Calls every device that was lost, now. */
  readonly resync: () => void
  /** Null: this store has none. */
  readonly centralUrl: string | null
  /** A manager went into a training or out of it: this is to be stopped, and started anew. */
  readonly switched: Promise<void>
  readonly stop: () => Promise<void>
}

type Undo = (() => unknown)[]

/** Runs a device: its store, its peers, its API and its screens, until `stop`. */
export async function startTerminal(options: TerminalOptions): Promise<Result<Terminal, string>> {
  const address = parseAddress(options.api)
  if (!address) return refuse(`--api ${options.api} is not of the form HOST:PORT.`)
  if (!options.https && !isLoopback(address.host)) {
    return refuse(
      `Plain HTTP is for this computer alone: --api ${options.api} would let the network read along. Use 127.0.0.1; the network needs --https.`,
    )
  }
  if (!existsSync(options.dataDir)) return refuse(noDevice(options.dataDir))
  const lock = await takeLock(options.dataDir)
  if (!lock.ok) return lock
  const undo: Undo = [lock.value.release]
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    const started = await start(options, address, undo)
    if (started.ok) return ok({ ...started.value, stop })
    await stop()
    return started
  } catch (error) {
    await stop()
    throw error
  }
}

const ANSWER_LEAVES_MS = 300
const LOCK_TRIES = 10
const LOCK_RETRY_MS = 150

/** A command that only looks whether the device runs holds the lock for a moment. */
async function takeLock(dataDir: string) {
  for (let attempt = 0; attempt < LOCK_TRIES; attempt += 1) {
    const lock = lockDevice(dataDir)
    if (lock) return ok(lock)
    await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY_MS))
  }
  const pid = runningDevice(dataDir)?.pid
  const who = pid === undefined ? '' : ` as process ${pid}`
  return refuse(`The device in ${dataDir} is running already${who}.`)
}

async function start(
  options: TerminalOptions,
  address: HostAndPort,
  undo: Undo,
): Promise<Result<Omit<Terminal, 'stop'>, string>> {
  const { logger } = options
  const opened = await openDevice(options.dataDir)
  if (!opened.ok) return opened
  const connection = opened.value
  undo.push(connection.close)
  const deviceId = createLocalSettings(connection).require('device_id')
  const keyDir = options.training?.realDir ?? options.dataDir
  const keys = openKeys(keyDir, deviceId, options.privateKey)
  if (!keys.ok) return keys
  const signatures = signaturesOf(keys.value)
  beginSignedLog(connection, signatures)
  const observation = createDeviceObservation()
  undo.push(observation.stop)
  const store = observeStore(
    openDurableStore(connection, options.config, signatures, logger),
    observation.metrics,
  )
  undo.push(signAfterBursts(store))
  const { payments } = options.config
  let peers: () => readonly PeerStatus[] = () => []
  const paying = startPayments({ store, config: payments, peers: () => peers(), logger })
  if (!paying.ok) return paying
  undo.push(paying.value.stop)
  undo.push(checkpointWhenIdle({ store, logger }))
  const orderTimeoutMs = options.config.orders.order_timeout_minutes * 60_000
  const timeouts = startTimeouts({
    store,
    timeoutMs: orderTimeoutMs,
    nowMs: Date.now,
    elapsedMs: () => performance.now(),
    logger,
  })
  undo.push(timeouts.stop)
  undo.push(startScheduledOrders({ store, nowMs: Date.now, logger }).stop)
  const device = deviceOf(connection, options.role)
  const personalData = openPersonalData({ store, keys: keys.value, nowMs: Date.now, newId })
  const { ring, guests, searchOrders } = personalData
  undo.push(guests.stop)
  const pins = createPins(ring)
  let screens: Screens | null = null
  const network = await startNetwork({
    ...options,
    store,
    ring,
    keys: keys.value,
    customerKeys: guests.exchange,
    device,
    listen: options.peer,
    onChange: () => screens?.statusChanged(),
  })
  undo.push(network.stop)
  peers = network.peers
  const { publicKey } = keys.value
  undo.push(keepUp({ store, ring, publicKey, nowMs: Date.now, newId }))
  const aloneSinceMs = createAlone({ log: store, holdings: network.holdings, nowMs: Date.now })
  const lateEntries = createLateEntries(store)
  const kitchenAlarmAfterMs = options.config.orders.kitchen_alarm_seconds * 1_000
  const printing = createPrinting({
    store,
    kitchenAlarmAfterMs,
    lookEveryMs: LOOK_EVERY_MS,
    nowMs: Date.now,
    onChange: () => screens?.statusChanged(),
    logger,
  })
  undo.push(printing.stop)
  const signIn = createSignIn({ store, pins, nowMs: Date.now, newId })
  const status = (): DeviceStatus => ({
    ...statusOf(store, network, aloneSinceMs()),
    lateEntries: lateEntries(),
    printers: printing.states(),
    takesCards: payments.card_terminal !== null,
    signInLocks: signIn.locks(),
  })
  addDeviceGauges(observation.metrics, { ...options, store, status, nowMs: Date.now })
  undo.push(wipeAfterErasure({ store, logger }))
  const erasedOn = createErasureReach({ store, ...network })
  const notices = startNotices({
    store,
    guests,
    config: options.config.notifications,
    linkOf: network.linkOf,
    logger,
  })
  undo.push(notices.stop)
  const older = createOlderOrders(connection, network.lookUp)
  const alerts = createAlerts({
    store,
    printers: printing.states,
    centreLacksSinceMs: () => network.upstream().waitingSinceMs,
    nowMs: Date.now,
  })
  const approvals = createApprovals({ nowMs: Date.now, newId })
  const deviceCalls = createDeviceCalls({ store, ring, ...network, nowMs: Date.now })
  const { holdings } = network
  const popular = createPopularItems({
    store,
    nowMs: Date.now,
    onChange: () => screens?.popularChanged(),
    logger,
  })
  undo.push(popular.stop)
  const vouchers = createVouchers(store, createVoucherCodes(keys.value.privateKey))
  const drawer = createDrawer(store)
  const shifts = createShifts(store)
  const switched = Promise.withResolvers<void>()
  screens = createScreens({
    store,
    guests,
    searchOrders,
    older,
    signIn,
    approvals,
    deviceCalls,
    customerCalls: createCustomerCalls({ guests, erasedOn, nowMs: Date.now }),
    drawerCalls: createDrawerCalls(drawer, Date.now),
    stockCalls: createStockCalls(store, Date.now),
    floorCalls: createFloorCalls(store, Date.now),
    pictureCalls: createPictureCalls(store),
    reportCalls: createReportCalls({ store, older, drawer, shifts, printing, nowMs: Date.now }),
    settingsCalls: createSettingsCalls(store, Date.now),
    voucherCalls: createVoucherCalls(vouchers, Date.now),
    staffCalls: createStaffCalls({ store, signIn, pins, nowMs: Date.now }),
    training: createTrainingCalls({
      store,
      keys: keys.value,
      dataDir: options.dataDir,
      realDir: options.training?.realDir ?? null,
      // The answer has to reach the screen before its connection ends.
      onSwitched: () => void setTimeout(switched.resolve, ANSWER_LEAVES_MS),
    }),
    isTraining: options.training !== undefined,
    popularItemIds: popular.itemIds,
    shiftCalls: createShiftCalls({ store, shifts, signIn, nowMs: Date.now }),
    device,
    status,
    holdings,
    kitchenAlarmAfterMs,
    orderTimeoutMs,
    printing,
    alerts,
    drawer,
    nowMs: Date.now,
    logger,
  })
  undo.push(screens.stop)
  const keepClosedDays = options.config.orders.keep_closed_days
  const leaving = { store, keepClosedDays, ...network, nowMs: Date.now, newId, logger }
  undo.push(startLeaving(leaving).stop)

  const controlKey = newId()
  const app = createApi({
    store,
    ...personalData,
    tokens: withControlKey(createTokens(connection), controlKey),
    nowMs: Date.now,
    newId,
    older,
    erasedOn,
    orderTimeoutMs,
    printing,
    alerts,
    privateKey: keys.value.privateKey,
    requestsPerMinute: options.config.api.requests_per_minute,
    webhookPrivateHosts: options.config.webhooks.private_hosts,
    pins,
    signIn,
    approvals,
    health: () => healthOf(store, status(), options.dataDir, notices.troubles()),
    metrics: observation.metrics.page,
    logger,
    ...(options.https && { https: { key: keys.value.privateKey, cert: keys.value.certificate } }),
  })
  observation.watchApi(app)
  addControl(app, {
    key: controlKey,
    pairing: network.pairing,
    status,
    heads: network.heads,
    putKeysInto: async (file) => (await import('../backup.ts')).putKeysInto(file, keys.value),
  })
  await servePages(app, RENDERER_DIST, () => startPage(store.catalog(), store.deviceId))
  undo.push(() => app.close())
  const screenServer = serveScreens(app.server, screens)
  undo.push(screenServer.stop)
  await app.listen(address)

  const { port } = app.server.address() as AddressInfo
  const scheme = options.https ? 'https' : 'http'
  const urlAt = (host: string) => `${scheme}://${formatAddress({ host, port })}`
  const { peer } = network
  writeControl(options.dataDir, {
    // Commands run on this computer: its address on the network may change while it runs.
    api: urlAt(isEveryAddress(address.host) ? '127.0.0.1' : address.host),
    peer,
    pid: process.pid,
    key: controlKey,
    ...(options.https && { certificate: keys.value.certificate }),
  })
  undo.push(() => removeControl(options.dataDir))
  const api = `${scheme}://${dialableAddress({ host: address.host, port }, networkInterfaces())}`
  const attached = screens
  return ok({
    ready: {
      ready: true,
      device_id: store.deviceId,
      store_id: store.storeId,
      origin: store.ownOrigin(),
      api,
      peer,
      pid: process.pid,
    },
    attachScreen: (screenPort) => attachPort(screenPort, attached),
    moment: () => momentOf(store, status()),
    resync: network.resync,
    switched: switched.promise,
    centralUrl: createLocalSettings(connection).get('central_url'),
  })
}

function openDurableStore(
  connection: Connection,
  { orders, payments }: Config,
  signatures: Signatures,
  logger: Logger,
): Store {
  const cardTerminal = cardTerminalOf(payments)
  const store = openStore({
    connection,
    signatures,
    nowMs: Date.now,
    newId,
    settings: {
      maxItemsPerOrder: orders.max_items_per_order,
      autoConfirm: orders.auto_confirm_enabled,
      ...(cardTerminal && { cardTerminal }),
    },
    onListenerError: (error) =>
      logger.error('a listener failed after a commit', { detail: messageOf(error) }),
  })
  assertDurable(connection.raw)
  return store
}

function deviceOf(connection: Connection, asked: 'terminal' | 'kitchen' | null) {
  const local = createLocalSettings(connection)
  if (asked !== null) local.set('device_role', asked)
  const role: 'terminal' | 'kitchen' =
    local.require('device_role') === 'kitchen' ? 'kitchen' : 'terminal'
  return { name: local.require('device_name'), role }
}

/** Whoever may read the data folder may also ask the device over its API. */
const withControlKey = (tokens: Tokens, key: string): Tokens => ({
  ...tokens,
  find: (token) => (token === key ? { role: 'admin', label: 'command line' } : tokens.find(token)),
})

const statusOf = (
  store: Store,
  network: Network,
  aloneSinceMs: number | null,
): Omit<DeviceStatus, 'lateEntries' | 'printers' | 'takesCards' | 'signInLocks'> => ({
  nowMs: Date.now(),
  deviceId: store.deviceId,
  origin: store.ownOrigin(),
  entriesHere: [...store.frontier().values()].reduce((sum, seq) => sum + seq, 0),
  peers: network.peers(),
  upstream: network.upstream(),
  revoked: isRevoked(store.catalog(), store.deviceId),
  aloneSinceMs,
  ...store.health(),
})

/** Live, and what a person should know about: none of it stops the selling. */
function healthOf(store: Store, status: DeviceStatus, dataDir: string, unsentNotices: number) {
  const degraded: string[] = []
  if (status.upstream.configured && !status.upstream.connected) degraded.push('upstream')
  if (status.revoked) degraded.push('revoked')
  if (status.peers.some((peer) => !peer.connected)) degraded.push('peers')
  if (status.unreadable > 0) degraded.push('needs_update')
  if (status.quarantined > 0) degraded.push('quarantine')
  if (status.conflicts > 0) degraded.push('conflicts')
  if (status.lateEntries.length > 0) degraded.push('late_entries')
  if (status.printers.some(({ trouble }) => trouble !== null)) degraded.push('printers')
  if ((status.upstream.backlog ?? 0) > LARGE_BACKLOG) degraded.push('backlog')
  if (status.peers.some(({ driftMs }) => Math.abs(driftMs ?? 0) > LARGEST_DRIFT_MS)) {
    degraded.push('clock')
  }
  if (freeBytes(dataDir) < LEAST_FREE_BYTES) degraded.push('disk_space')
  const upstream = upstreamOf(status)
  if (unsentNotices > 0) degraded.push('notifications')
  return { ok: true, degraded, device_id: store.deviceId, store_id: store.storeId, upstream }
}

/** What the centre lacks of what is here, and for how long. Null: the store has no centre. */
function upstreamOf({ upstream }: DeviceStatus) {
  if (!upstream.configured) return null
  const { connected, backlog, waitingSinceMs, lastContactMs } = upstream
  return {
    connected,
    backlog,
    waiting_since: timeOf(waitingSinceMs),
    last_contact_at: timeOf(lastContactMs),
  }
}

const timeOf = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString()
