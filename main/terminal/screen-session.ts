import type { Role } from '../../domain/catalog.ts'
import { mayApprove, type Approvable } from '../../domain/approvals.ts'
import { FAVOURITES_ID } from '../../domain/menu-records.ts'
import { explainRejection } from '../../domain/rejections.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { mayCommand } from '../../domain/roles.ts'
import type { Alerts } from '../alerts/alerts.ts'
import type { Approvals } from '../approvals.ts'
import type { OrderSearch } from '../../domain/order-filter.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { MAX_CALLS_IN_FLIGHT } from '../../protocol/limits.ts'
import {
  screenMessageSchema,
  type AnswerValues,
  type ScreenCall,
  type ScreenKind,
  type ScreenRejection,
  type SignedIn,
  type TerminalMessage,
} from '../../protocol/screens.ts'
import { listOrders } from '../api/order-list.ts'
import { explainRevocation, NO_LATE_ENTRIES } from '../api/routes/devices.ts'
import { messageOf, type Logger } from '../logger.ts'
import type { OlderOrders } from '../older-orders.ts'
import {
  LOCKED_READER,
  nameReader,
  readerFor,
  type CustomerReader,
} from '../personal-data/customers.ts'
import type { Guests } from '../personal-data/guests.ts'
import type { Drawer } from '../drawer/drawer.ts'
import { explainPrintRefusal } from '../printing/explain.ts'
import type { Printing } from '../printing/printing.ts'
import { auditForScreens } from './audit-page.ts'
import type { CustomerCalls } from './customer-calls.ts'
import type { DeviceCalls } from './device-calls.ts'
import type { DrawerCalls } from './drawer-calls.ts'
import type { FloorCalls } from './floor-calls.ts'
import type { PictureCalls } from './picture-calls.ts'
import type { StaffCalls } from './staff-calls.ts'
import type { StockCalls } from './stock-calls.ts'
import type { VoucherCalls } from './voucher-calls.ts'
import type { SettingsCalls } from './settings-calls.ts'
import type { TrainingCalls } from './training-calls.ts'
import type { ShiftCalls } from './shift-calls.ts'
import type { ReportCalls } from './report-calls.ts'
import { createPrintCalls } from './print-calls.ts'
import type { SignIn } from './sign-in.ts'

/** One way to a screen: a WebSocket or a MessagePort. */
export interface ScreenCarrier {
  readonly send: (message: TerminalMessage) => void
  readonly close: (reason: string) => void
}

export interface ScreenSession {
  /** Takes what came from the screen, as parsed JSON. */
  readonly receive: (message: unknown) => void
  readonly isOpen: () => boolean
  /** What this screen may see of guests, as things stand. */
  readonly reader: () => CustomerReader
}

export interface SessionDeps {
  readonly store: Store
  readonly guests: Pick<Guests, 'customers' | 'execute'>
  readonly searchOrders: (text: string) => OrderSearch
  readonly older: OlderOrders
  readonly signIn: SignIn
  readonly approvals: Approvals
  readonly deviceCalls: DeviceCalls
  readonly customerCalls: CustomerCalls
  readonly drawerCalls: DrawerCalls
  readonly staffCalls: StaffCalls
  readonly stockCalls: StockCalls
  readonly voucherCalls: VoucherCalls
  readonly floorCalls: FloorCalls
  readonly pictureCalls: PictureCalls
  readonly reportCalls: ReportCalls
  readonly shiftCalls: ShiftCalls
  readonly settingsCalls: SettingsCalls
  readonly training: TrainingCalls
  readonly printing: Printing
  readonly alerts: Alerts
  readonly drawer: Pick<Drawer, 'noSale'>
  readonly nowMs: () => number
  readonly logger: Logger
  /** Everything a screen shows at first. */
  readonly greet: (carrier: ScreenCarrier, screen: ScreenKind) => void
  readonly alertsChanged: () => void
  /** Who looks has changed, and with it what may be seen of guests. */
  readonly showGuests: (carrier: ScreenCarrier) => void
}

type CallOf<T extends ScreenCall['type']> = Extract<ScreenCall, { type: T }>
type Answer = Result<AnswerValues[keyof AnswerValues], ScreenRejection>

/** What one screen says, from its hello to its end. */
export function createScreenSession(carrier: ScreenCarrier, deps: SessionDeps): ScreenSession {
  let screen: ScreenKind | null = null
  let staff: SignedIn | null = null
  let inFlight = 0
  const kitchenReader = nameReader(deps.guests.customers)
  const printCalls = createPrintCalls(deps)

  function reader(): CustomerReader {
    if (staff !== null) return readerFor(deps.guests.customers, staff.role)
    return screen === 'kitchen' ? kitchenReader : LOCKED_READER
  }

  function receive(raw: unknown): void {
    const parsed = screenMessageSchema.safeParse(raw)
    if (!parsed.success) return refuseMalformed(raw, parsed.error.issues[0]?.message ?? 'unknown')
    const message = parsed.data
    if (message.type === 'hello') {
      screen = message.screen
      return deps.greet(carrier, screen)
    }
    if (screen === null) return carrier.close('the first message has to be hello')
    if (inFlight >= MAX_CALLS_IN_FLIGHT) return carrier.close('too many calls at once')
    inFlight += 1
    void answerCall(message, screen).finally(() => {
      inFlight -= 1
    })
  }

  /** A call that is not understood is answered where it can be: the screen must not wait for ever. */
  function refuseMalformed(raw: unknown, detail: string): void {
    const callId = (raw as { callId?: unknown } | null)?.callId
    if (typeof callId === 'number') answer(callId, refuse({ code: 'bad_message', detail }))
    else carrier.close(`not a message of this protocol: ${detail}`)
  }

  async function answerCall(call: ScreenCall, kind: ScreenKind): Promise<void> {
    try {
      answer(call.callId, await perform(call, kind))
    } catch (error) {
      const detail = messageOf(error)
      deps.logger.error('a call of a screen failed', { call: call.type, detail })
      answer(call.callId, refuse({ code: 'storage_failed', detail }))
    }
  }

  function answer(callId: number, result: Answer): void {
    carrier.send(
      result.ok
        ? { type: 'answer', callId, ok: true, value: result.value }
        : {
            type: 'answer',
            callId,
            ok: false,
            error: result.error,
            message: explainScreenRejection(result.error),
          },
    )
  }

  async function perform(call: ScreenCall, kind: ScreenKind): Promise<Answer> {
    switch (call.type) {
      case 'signIn': {
        const result = await deps.signIn.try(call.staffId, call.pin)
        if (result.ok) setStaff(result.value)
        return result
      }
      case 'signOut':
        setStaff(null)
        return ok(null)
      case 'command':
        return command(call, kind)
      case 'approve':
        return approve(call, kind)
      case 'readAudit':
        return readAuditPage(call)
      case 'freeSignIn':
        return deps.signIn.free(call, call)
      case 'setAvailability':
        return setAvailability(call, kind)
      case 'readPicture':
        return ok(deps.pictureCalls.read(call.pictureId))
      case 'setFavourites':
        return setFavourites(call)
      case 'saveFloor':
        return deps.floorCalls.save(call, staff)
      case 'findOrders':
        return findOrders(call.query, call.limit)
      case 'showPairingCode':
        return deps.deviceCalls.showCode(staff)
      case 'renameDevice':
        return deps.deviceCalls.rename(call, staff)
      case 'setDeviceScreen':
        return deps.deviceCalls.setScreen(call, staff)
      case 'revokeDevice':
        return deps.deviceCalls.revoke(call, staff)
      case 'findCustomers':
        return deps.customerCalls.find(call, staff)
      case 'eraseCustomer':
        return deps.customerCalls.erase(call, staff)
      case 'acceptLateEntries':
        return deps.deviceCalls.acceptLate(call, staff)
      case 'drawer':
        return deps.drawerCalls.drawer(call, staff)
      case 'stock':
        return deps.stockCalls.stock(call, staff)
      case 'setSettings':
        return deps.settingsCalls.set(call, staff)
      case 'vouchers':
        return deps.voucherCalls.ask(call, staff)
      case 'setStaff':
        return deps.staffCalls.set(call, staff)
      case 'training':
        return deps.training.wish(call, staff)
      case 'clock':
        return deps.shiftCalls.clock(call)
      case 'correctShift':
        return deps.shiftCalls.correct(call, staff)
      case 'readReport':
        return deps.reportCalls.read(call, staff)
      case 'printReport':
        return deps.reportCalls.print(call, staff)
      case 'previewReceipt':
        return printCalls.preview(call, staff)
      case 'printReceipt':
        return printCalls.receipt(call, staff)
      case 'copySlips':
        return printCalls.slips(call, staff)
      case 'setOwnLanguage':
        return deps.settingsCalls.speak(call, staff)
      case 'testPrinter':
        return printCalls.test(call, staff)
      case 'openDrawer':
        return printCalls.drawer(call, staff)
      case 'acknowledgeAlert':
        return acknowledge(call, kind)
      case 'joinStore':
      case 'foundStore':
      case 'checkMenuFile':
        return refuse({ code: 'not_joined', detail: 'This device belongs to a store already.' })
    }
  }

  function setStaff(signedIn: SignedIn | null): void {
    staff = signedIn
    carrier.send({ type: 'signedIn', staff })
    deps.showGuests(carrier)
  }

  /** A kitchen screen works without a PIN, for the whole kitchen; a till needs somebody. */
  function actorOf(kind: ScreenKind): { actor: string; role: Role } | null {
    if (staff) return { actor: `staff:${staff.staffId}`, role: staff.role }
    if (kind === 'kitchen') return { actor: `device:${deps.store.deviceId}`, role: 'kitchen' }
    return null
  }

  /** The manager stands beside whoever is signed in, who stays so. */
  async function approve(call: CallOf<'approve'>, kind: ScreenKind): Promise<Answer> {
    const who = actorOf(kind)
    if (!who) return refuse({ code: 'not_signed_in' })
    const manager = await deps.signIn.tryManager(call.staffId, call.pin)
    if (!manager.ok) return manager
    const { command: approved, orderId } = call
    const wish = { command: approved, orderId, asker: who.actor }
    const { approvalId } = deps.approvals.give(wish, manager.value.staffId)
    return ok({ approvalId })
  }

  async function readAuditPage(call: CallOf<'readAudit'>): Promise<Answer> {
    if (!staff) return refuse({ code: 'not_signed_in' })
    if (!mayApprove(staff.role)) return refuse({ code: 'not_allowed' })
    return ok(await auditForScreens(deps.store, reader(), call))
  }

  function command(call: CallOf<'command'>, kind: ScreenKind): Answer {
    const { commandId: id, command: wish, approvalId } = call
    const who = actorOf(kind)
    if (!who) return refuse({ code: 'not_signed_in' })
    if (!mayCommand(who.role, wish.type)) {
      return refuse({ code: 'forbidden', role: who.role, command: wish.type })
    }
    const at = new Date(deps.nowMs()).toISOString()
    const { actor, role } = who
    const taken =
      approvalId === undefined
        ? null
        : deps.approvals.take(approvalId, {
            command: wish.type as Approvable,
            orderId: wish.orderId,
            asker: actor,
          })
    const result = deps.guests.execute({
      id,
      at,
      actor,
      role,
      ...(taken && { approval: taken.approval }),
      command: wish,
    })
    if (!result.ok) taken?.putBack()
    return result.ok ? ok(reader().show(result.value)) : result
  }

  function acknowledge(call: CallOf<'acknowledgeAlert'>, kind: ScreenKind): Answer {
    const who = actorOf(kind)
    if (!who) return refuse({ code: 'not_signed_in' })
    const at = new Date(deps.nowMs()).toISOString()
    const stamp = { id: call.commandId, at, actor: who.actor }
    const seen = deps.alerts.acknowledge(stamp, call.alertId, who.role)
    if (!seen.ok) return refuse({ code: seen.error })
    deps.alertsChanged()
    return ok(null)
  }

  function setAvailability(
    call: Extract<ScreenCall, { type: 'setAvailability' }>,
    kind: ScreenKind,
  ): Answer {
    const who = actorOf(kind)
    if (!who) return refuse({ code: 'not_signed_in' })
    if (who.role === 'cashier' || who.role === 'service') return refuse({ code: 'not_allowed' })
    const { menu_item: items, combo: combos } = deps.store.catalog()
    if (!items.has(call.itemId) && !combos.has(call.itemId)) {
      return refuse({ code: 'unknown_item', itemId: call.itemId })
    }
    const at = new Date(deps.nowMs()).toISOString()
    const value = { available: call.available }
    deps.store.setRecords({
      id: call.commandId,
      at,
      actor: who.actor,
      command: [{ type: 'record.set', kind: 'availability', id: call.itemId, value }],
    })
    return ok(null)
  }

  function setFavourites(call: CallOf<'setFavourites'>): Answer {
    if (!staff) return refuse({ code: 'not_signed_in' })
    if (!mayApprove(staff.role)) return refuse({ code: 'not_allowed' })
    const value = { itemIds: [...new Set(call.itemIds)] }
    deps.store.setRecords({
      id: call.commandId,
      at: new Date(deps.nowMs()).toISOString(),
      actor: `staff:${staff.staffId}`,
      command: [{ type: 'record.set', kind: 'favourites', id: FAVOURITES_ID, value }],
    })
    return ok(null)
  }

  async function findOrders(query: string, limit: number): Promise<Answer> {
    if (!staff) return refuse({ code: 'not_signed_in' })
    const filter = {
      status: ['completed', 'cancelled'] as const,
      ...(query !== '' && { q: deps.searchOrders(query) }),
    }
    const { orders, missingBefore } = await listOrders(deps, filter, null, limit)
    return ok({ orders: orders.map(reader().show), missingBefore })
  }

  return { receive, isOpen: () => screen !== null, reader }
}

function explainScreenRejection(rejection: ScreenRejection): string {
  switch (rejection.code) {
    case 'wrong_pin':
      return `This PIN is not right. Tries left: ${rejection.triesLeft}.`
    case 'locked_out':
      return rejection.staffId === null
        ? 'Too many wrong PINs at this till. Wait a little, or ask a manager to lift it.'
        : 'Too many wrong PINs. Wait a little, or ask a manager to lift it.'
    case 'pin_key_missing':
      return 'This device has not been given the key that your PIN takes. Connect it with another device of the store.'
    case 'too_busy':
      return 'Too many sign in at once. Try again.'
    case 'not_signed_in':
      return 'Sign in with your PIN first.'
    case 'not_allowed':
      return 'A manager may do this.'
    case 'customer_not_found':
      return 'This customer is not known here any more.'
    case 'device_not_found':
    case 'last_device':
      return explainRevocation(rejection.code, rejection.deviceId)
    case 'removed_from_store':
      return 'This device was removed from the store itself. Do this on another one.'
    case 'no_alert':
      return 'This has settled itself already.'
    case 'no_late_entries':
      return NO_LATE_ENTRIES
    case 'drawer_open':
      return 'The drawer is open already. Count and close it first.'
    case 'drawer_not_open':
      return 'The drawer is closed. Open it with its float first.'
    case 'older_orders_unreachable':
      return 'Some orders of that day are at the centre alone, which cannot be reached now.'
    case 'no_printer':
    case 'no_drawer':
    case 'printer_not_found':
    case 'no_kitchen_printer':
    case 'check_not_found':
      return explainPrintRefusal(rejection.code)
    case 'floor_fault':
      return `${rejection.detail}. Nothing was saved.`
    case 'not_joined':
      return rejection.detail
    case 'shift_not_found':
      return 'This shift is not known here.'
    case 'shift_times':
      return 'A shift ends after it begins.'
    case 'voucher_not_overdrawn':
      return 'Nothing was spent too much of it.'
    case 'no_training':
      return 'This device is not in a training.'
    case 'settings_refused':
      return rejection.faults.join(' ')
    case 'not_founded':
      return rejection.faults.join(' ')
    case 'bad_message':
      return `This screen and its terminal do not understand each other: ${rejection.detail}. Reload the screen.`
    case 'storage_failed':
      return `Nothing was saved: ${rejection.detail}. Try again; if it stays so, sell on another till.`
    default:
      return explainRejection(rejection)
  }
}
