import { z } from 'zod'
import {
  RECORD_KINDS,
  ROLES,
  recordSchemas,
  type Catalog,
  type RecordKind,
  type RecordValue,
  type Role,
} from '../domain/catalog.ts'
import type { Alert } from '../domain/alerts.ts'
import type { CashTaken, DrawerSession } from '../domain/drawer.ts'
import { MAX_AMOUNT_MILLI } from '../domain/inventory-records.ts'
import { MAX_FAVOURITES } from '../domain/menu-records.ts'
import { pictureId } from '../domain/picture-records.ts'
import { deviceScreenRecord } from '../domain/device-screen.ts'
import { CASH_MOVES } from '../domain/journal.ts'
import { APPROVABLE } from '../domain/approvals.ts'
import { orderCommandSchema } from '../domain/commands.ts'
import { LANGUAGES, PAPER_LANGUAGES } from '../domain/languages.ts'
import { MAX_CHECKS } from '../domain/split-schema.ts'
import type { LateRange } from '../domain/late-entries.ts'
import type { ShownCustomer } from '../domain/customer.ts'
import type { ShownOrder } from '../domain/order-view.ts'
import type { Rejection } from '../domain/rejections.ts'
import { pinDigitsOf, pinHashOf } from '../domain/staff.ts'
import type { RevocationRefusal } from '../domain/roster.ts'
import { settingsRecord } from './settings.ts'
import { foundingForm, menuFileCheck, type MenuFileFound } from './founding.ts'
import type { AuditLine } from './rest/audit.ts'
import type { Shift } from '../domain/shifts.ts'
import type { VoucherAccount, VoucherLine } from '../domain/vouchers.ts'
import type { ItemLeft, StockRow } from '../domain/stock-list.ts'
import type { PaperLine, PrinterState } from './paper.ts'
import type { RestDayReport } from './rest/report.ts'

/**
 * What a screen and its terminal process say to each other: the same messages over a WebSocket
 * (browser, at `/screens`) and over a MessagePort (Electron). JSON in both.
 *
 *     screen                                    terminal
 *       │── hello {screen} ────────────────────────▶│
 *       │◀─ welcome, catalog, orders, status ───────│   everything the screen shows at first
 *       │── call {id, method, …} ──────────────────▶│
 *       │◀─ answer {id, …} ─────────────────────────│   after the local commit
 *       │◀─ orders, catalog, status ────────────────│   whenever they changed, until the end
 */
export const SCREENS_PROTOCOL = 1

export const SCREEN_KINDS = ['pos', 'kitchen'] as const
export type ScreenKind = (typeof SCREEN_KINDS)[number]

const callId = z.int().min(0)
const id = z.string().min(1).max(120)
const recordId = z.string().min(1).max(80)
/** A program's role is no person's. */
export const PEOPLE_ROLES = ROLES.filter((role) => role !== 'service')
const pin = z.string().regex(/^\d{4,8}$/)
const cash = z.int().min(0).max(9_000_000_000)
const amountMilli = z.int().min(0).max(MAX_AMOUNT_MILLI)
const stockLines = <S extends z.ZodType>(amount: S) =>
  z
    .array(z.strictObject({ subject: id, amountMilli: amount }))
    .min(1)
    .max(500)

/** Of one check of the split bill, and in a guest's language; left out: of all, in the store's. */
const receiptOf = {
  part: z.int().min(1).max(MAX_CHECKS).optional(),
  language: z.enum(PAPER_LANGUAGES).optional(),
}

const floorRecord = <K extends 'room' | 'dining_table' | 'table_place'>(kind: K) =>
  z.strictObject({ kind: z.literal(kind), id: recordId, value: recordSchemas[kind].nullable() })

export const screenMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    protocol: z.literal(SCREENS_PROTOCOL),
    screen: z.enum(SCREEN_KINDS),
  }),
  z.strictObject({ type: z.literal('signIn'), callId, staffId: id, pin }),
  z.strictObject({ type: z.literal('signOut'), callId }),
  /** `commandId` is drawn where the finger touched; sending it again is safe (rule L5). */
  z.strictObject({
    type: z.literal('command'),
    callId,
    commandId: id,
    command: orderCommandSchema,
    approvalId: id.optional(),
  }),
  /** A manager's PIN for what somebody else is about to do: once, for that alone (rule A3). */
  z.strictObject({
    type: z.literal('approve'),
    callId,
    staffId: id,
    pin,
    command: z.enum(APPROVABLE),
    orderId: id.nullable(),
  }),
  /** The log as an audit, a page at a time (rule A5); `after`: where the page before ended. */
  z.strictObject({
    type: z.literal('readAudit'),
    callId,
    view: z.enum(['all', 'approved', 'money', 'people']),
    after: z.string().max(300).nullable(),
  }),
  /** A manager ends the wait after wrong PINs: of a person, or of this device (null). */
  z.strictObject({
    type: z.literal('freeSignIn'),
    callId,
    commandId: id,
    staffId: id,
    pin,
    of: id.nullable(),
  }),
  z.strictObject({
    type: z.literal('setAvailability'),
    callId,
    commandId: id,
    itemId: id,
    available: z.boolean(),
  }),
  /** The bytes of a picture that the menu shows. */
  z.strictObject({ type: z.literal('readPicture'), callId, pictureId }),
  /** What stands in front of all categories, on every till. */
  z.strictObject({
    type: z.literal('setFavourites'),
    callId,
    commandId: id,
    itemIds: z.array(id).max(MAX_FAVOURITES),
  }),
  /** The floor plan as a manager drew it: all of it, or nothing. */
  z.strictObject({
    type: z.literal('saveFloor'),
    callId,
    commandId: id,
    records: z
      .array(
        z.discriminatedUnion('kind', [
          floorRecord('room'),
          floorRecord('dining_table'),
          floorRecord('table_place'),
        ]),
      )
      .min(1)
      .max(1_000),
  }),
  /** Orders that are no longer open, newest first: by number, table, customer or nothing. */
  z.strictObject({
    type: z.literal('findOrders'),
    callId,
    query: z.string().max(60),
    limit: z.int().min(1).max(100),
  }),
  /** A code by which one device may join the store. The one shown before is worth nothing then. */
  z.strictObject({ type: z.literal('showPairingCode'), callId }),
  /** On a device that belongs to no store yet: lets it in by the code that a member shows. */
  z.strictObject({
    type: z.literal('joinStore'),
    callId,
    address: z.string().max(120),
    code: z.string().regex(/^\d{8}$/),
    name: z.string().trim().min(1).max(120),
    role: z.enum(['terminal', 'kitchen']),
  }),
  /** On such a device as well: opens a new store. */
  z.strictObject({ type: z.literal('foundStore'), callId, form: foundingForm }),
  /** What a menu file would bring to it. */
  z.strictObject({ type: z.literal('checkMenuFile'), callId, ...menuFileCheck.shape }),
  /** Removes a device from the store for good (rule P1). */
  z.strictObject({ type: z.literal('revokeDevice'), callId, commandId: id, deviceId: id }),
  /** What it is called, on every screen. */
  z.strictObject({
    type: z.literal('renameDevice'),
    callId,
    commandId: id,
    deviceId: id,
    name: z.string().trim().min(1).max(120),
  }),
  /** What its screen is there for (rule J6). */
  z.strictObject({
    type: z.literal('setDeviceScreen'),
    callId,
    commandId: id,
    deviceId: id,
    screen: deviceScreenRecord,
  }),
  /** The cash drawer of this till (rule D1). */
  z.strictObject({
    type: z.literal('drawer'),
    callId,
    commandId: id,
    wish: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('look') }),
      z.strictObject({ kind: z.literal('open'), floatMinor: cash }),
      z.strictObject({
        kind: z.literal('move'),
        move: z.enum(CASH_MOVES),
        amountMinor: cash.min(1),
        reason: z.string().trim().min(1).max(500),
      }),
      z.strictObject({
        kind: z.literal('close'),
        countedMinor: cash,
        note: z.string().max(500).nullable(),
      }),
    ]),
  }),
  /** What is in stock, and what somebody says of it (rules I2, I3). */
  z.strictObject({
    type: z.literal('stock'),
    callId,
    commandId: id,
    wish: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('look') }),
      z.strictObject({
        kind: z.literal('count'),
        lines: stockLines(amountMilli.nullable()),
        note: z.string().max(500).nullable(),
      }),
      z.strictObject({
        kind: z.literal('delivery'),
        lines: stockLines(amountMilli.min(1)),
        note: z.string().max(500).nullable(),
      }),
      z.strictObject({
        kind: z.literal('waste'),
        lines: stockLines(amountMilli.min(1)),
        reason: z.string().trim().min(1).max(500),
      }),
    ]),
  }),
  /** Gift vouchers: one by the hash of its code, all of them, or the store bears what one is short of. */
  z.strictObject({
    type: z.literal('vouchers'),
    callId,
    commandId: id,
    wish: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('find'), voucherId: id }),
      z.strictObject({ kind: z.literal('list') }),
      z.strictObject({
        kind: z.literal('settle'),
        voucherId: id,
        reason: z.string().trim().min(1).max(500),
      }),
    ]),
  }),
  /** What a manager sets: all of it, or nothing. */
  z.strictObject({
    type: z.literal('setSettings'),
    callId,
    commandId: id,
    records: z.array(settingsRecord).min(1).max(50),
  }),
  /**
   * Somebody of the staff, by an admin who types the own PIN for it. `newPin` left out: as it is; null:
   * this person signs in no more.
   */
  z.strictObject({
    type: z.literal('setStaff'),
    callId,
    commandId: id,
    ownPin: pin,
    staffId: recordId,
    name: z.string().trim().min(1).max(120),
    role: z.enum(PEOPLE_ROLES),
    newPin: pin.nullable().optional(),
  }),
  /** Into a training, or out of it: the terminal is started anew on the other folder. */
  z.strictObject({ type: z.literal('training'), callId, wish: z.enum(['begin', 'end']) }),
  /** Clocking in and out, by a PIN each time: whoever is signed in stays so. */
  z.strictObject({
    type: z.literal('clock'),
    callId,
    commandId: id,
    staffId: id,
    pin,
    wish: z.enum(['look', 'in', 'out']),
  }),
  /** A manager says when somebody was there; `to` null: still is. */
  z.strictObject({
    type: z.literal('correctShift'),
    callId,
    commandId: id,
    shiftId: id,
    from: z.iso.datetime(),
    to: z.iso.datetime().nullable(),
    isVoid: z.boolean(),
    reason: z.string().trim().min(1).max(500),
  }),
  /** A business day as it stands, for managers; null: the one now. */
  z.strictObject({ type: z.literal('readReport'), callId, day: z.iso.date().nullable() }),
  /** X says how it stands and closes nothing; Z wants this till's drawer counted before. */
  z.strictObject({
    type: z.literal('printReport'),
    callId,
    commandId: id,
    kind: z.enum(['x', 'z']),
    day: z.iso.date().nullable(),
  }),
  /** Customers whose phone it is, with what they had lately. */
  z.strictObject({ type: z.literal('findCustomers'), callId, phone: z.string().min(1).max(40) }),
  /** For good, on every device. */
  z.strictObject({ type: z.literal('eraseCustomer'), callId, commandId: id, customerId: id }),
  /** What a removed device wrote in one of its logs, up to a number, is right (rule F4). */
  z.strictObject({
    type: z.literal('acceptLateEntries'),
    callId,
    commandId: id,
    origin: id,
    upTo: z.int().min(1),
  }),
  /** A receipt as it would be printed. */
  z.strictObject({ type: z.literal('previewReceipt'), callId, orderId: id, ...receiptOf }),
  z.strictObject({
    type: z.literal('printReceipt'),
    callId,
    commandId: id,
    orderId: id,
    ...receiptOf,
  }),
  /** The kitchen's slips of an order once more, on the printers that have them. */
  z.strictObject({ type: z.literal('copySlips'), callId, commandId: id, orderId: id }),
  /** What whoever is signed in wants to be spoken to in, on every till. */
  z.strictObject({
    type: z.literal('setOwnLanguage'),
    callId,
    commandId: id,
    language: z.enum(LANGUAGES),
  }),
  z.strictObject({ type: z.literal('testPrinter'), callId, commandId: id, printerId: id }),
  /** Somebody has seen it, on every device. */
  z.strictObject({ type: z.literal('acknowledgeAlert'), callId, commandId: id, alertId: id }),
  /** Without a sale, and why. */
  z.strictObject({
    type: z.literal('openDrawer'),
    callId,
    commandId: id,
    approvalId: id.optional(),
    reason: z.string().trim().min(1).max(500),
  }),
])
export type ScreenMessage = z.infer<typeof screenMessageSchema>
export type ScreenCall = Exclude<ScreenMessage, { type: 'hello' }>

export interface SignedIn {
  readonly staffId: string
  readonly name: string
  readonly role: Role
}

export interface AnswerValues {
  signIn: SignedIn
  signOut: null
  /** The order as it is after the command. */
  command: ShownOrder
  approve: { readonly approvalId: string }
  freeSignIn: null
  readAudit: AuditShown
  setAvailability: null
  /** Null: it is not here. */
  readPicture: ShownPicture | null
  setFavourites: null
  saveFloor: null
  findOrders: FoundOrders
  showPairingCode: ShownPairingCode
  revokeDevice: null
  renameDevice: null
  setDeviceScreen: null
  findCustomers: readonly FoundCustomer[]
  eraseCustomer: ErasedCustomer
  acceptLateEntries: null
  drawer: ShownDrawer
  /** All that can be followed, as it is after the call. */
  stock: readonly StockRow[]
  vouchers: ShownVouchers
  setSettings: null
  setStaff: null
  training: null
  clock: ClockedShift
  correctShift: null
  readReport: ShownReport
  printReport: null
  joinStore: { readonly storeName: string }
  foundStore: { readonly storeName: string }
  checkMenuFile: MenuFileFound
  previewReceipt: ReceiptPreview
  printReceipt: PrintedReceipt
  copySlips: { readonly slips: number }
  setOwnLanguage: null
  testPrinter: null
  openDrawer: null
  acknowledgeAlert: null
}

export type ShownPicture = RecordValue<'picture'>

export interface FoundCustomer {
  readonly id: string
  readonly customer: ShownCustomer
  /** The newest first. */
  readonly orders: readonly {
    readonly id: string
    readonly number: string
    readonly createdAt: string
    readonly items: string
    readonly totalMinor: number
    readonly currency: string
  }[]
}

export interface ErasedCustomer {
  /** `erased` null: the device has not been heard since this one started. */
  readonly erasedOn: readonly { readonly name: string; readonly erased: boolean | null }[]
}

export interface AuditShown {
  readonly lines: readonly AuditLine[]
  /** Null: there is no more. */
  readonly next: string | null
}

export interface ShownVouchers {
  /** The one that was asked for. */
  readonly found: {
    readonly account: VoucherAccount
    /** The newest first. */
    readonly history: readonly VoucherLine[]
  } | null
  /** For managers: what the store owes, and the newest vouchers. */
  readonly all: {
    readonly openCount: number
    readonly openMinor: number
    readonly overdrawnMinor: number
    readonly accounts: readonly VoucherAccount[]
  } | null
}

export interface ReceiptPreview {
  readonly columns: number
  readonly lines: readonly PaperLine[]
  /** One was asked for on this device before: the next is marked. */
  readonly isDuplicate: boolean
}

export interface PrintedReceipt {
  readonly printerId: string
  readonly isDuplicate: boolean
}

/** What a person is told who has just typed a PIN. */
export interface ClockedShift {
  /** Since when somebody is at work; null: not at work. */
  readonly since: string | null
  /** What was worked today, with the shift that is open. */
  readonly workedMs: number
}

export interface ShownReport {
  /** Of the day, and what was left open before it. */
  readonly shifts: readonly Shift[]
  readonly report: RestDayReport
  /** Hours in which something was begun, by the store's clocks, the first of the day first. */
  readonly hours: readonly {
    readonly hour: string
    readonly orders: number
    readonly totalMinor: number
  }[]
  readonly drawers: readonly DrawerSession[]
  readonly isToday: boolean
  /** Of this till: a Z waits for its count. */
  readonly isDrawerOpen: boolean
}

export interface ShownDrawer {
  /** The one that is open, or that has just been closed; null: the drawer is closed. */
  readonly session: DrawerSession | null
  /** What should be in it now; null: not for whoever is signed in. */
  readonly now: (CashTaken & { readonly expectedMinor: number }) | null
}

/** Also those that have left the device and are at the centre. */
export interface FoundOrders {
  readonly orders: readonly ShownOrder[]
  /** The centre cannot be reached, and orders from before may be missing; null: none is. */
  readonly missingBefore: string | null
}

export interface ShownPairingCode {
  /** Eight digits. */
  readonly code: string
  /** `HOST:PORT` of this device on each of its networks: one of them is typed in with the code. */
  readonly addresses: readonly string[]
  /** By the terminal's wall clock. */
  readonly expiresAtMs: number
}

/** Why nothing can be printed, or opened, at all; a printer that is off is none of them. */
export type PrintRefusal =
  | 'no_printer'
  | 'no_drawer'
  | 'printer_not_found'
  | 'no_kitchen_printer'
  | 'check_not_found'

/** Refusals of the screens' calls beside those of the domain. */
export type ScreenRejection =
  | Rejection
  | { readonly code: 'wrong_pin'; readonly triesLeft: number }
  /** `staffId`: who is locked out; null: everybody but managers, at this device. */
  | { readonly code: 'locked_out'; readonly untilMs: number; readonly staffId: string | null }
  /** The hash takes a key of the store's that this device has not been given. */
  | { readonly code: 'pin_key_missing' }
  | { readonly code: 'too_busy' }
  | { readonly code: 'not_signed_in' }
  | { readonly code: 'not_allowed' }
  /** Two tables with one number, say. */
  | { readonly code: 'floor_fault'; readonly detail: string }
  | { readonly code: RevocationRefusal; readonly deviceId: string }
  | { readonly code: 'removed_from_store' }
  | { readonly code: 'no_late_entries' }
  | { readonly code: 'no_alert' }
  | { readonly code: 'customer_not_found' }
  | { readonly code: 'drawer_open'; readonly openedAt: string }
  | { readonly code: 'drawer_not_open' }
  | { readonly code: 'older_orders_unreachable' }
  | { readonly code: PrintRefusal }
  | { readonly code: 'not_joined'; readonly detail: string }
  /** A store cannot be opened like that: a sentence for each thing that is wrong. */
  | { readonly code: 'shift_not_found' }
  | { readonly code: 'shift_times' }
  | { readonly code: 'settings_refused'; readonly faults: readonly string[] }
  | { readonly code: 'voucher_not_overdrawn' }
  | { readonly code: 'no_training' }
  | { readonly code: 'not_founded'; readonly faults: readonly string[] }
  | { readonly code: 'bad_message'; readonly detail: string }
  | { readonly code: 'storage_failed'; readonly detail: string }

export type TerminalMessage =
  /**
   * In place of a welcome, and each second: this device belongs to no store yet. Members that were
   * found are a hint (rule P2); a role is named where the device was started for one.
   */
  | {
      readonly type: 'joining'
      readonly members: readonly { readonly address: string; readonly name: string }[]
      readonly role: 'terminal' | 'kitchen' | null
    }
  | {
      readonly type: 'welcome'
      readonly protocol: typeof SCREENS_PROTOCOL
      readonly deviceId: string
      readonly deviceName: string
      readonly deviceRole: 'terminal' | 'kitchen' | 'central'
      readonly storeId: string
      /** Nothing here is real. */
      readonly isTraining: boolean
      /** So long after its firing a ticket that no kitchen screen has shown raises an alarm (rule K2). */
      readonly kitchenAlarmAfterMs: number
      /** So long nobody touched a pending order that is flagged (rule S3). */
      readonly orderTimeoutMs: number
    }
  /** All reference data, whole, at first and after each change of it. */
  | { readonly type: 'catalog'; readonly catalog: WireCatalog }
  /** What is left of the items of which somebody keeps count, whole, whenever it changed. */
  | { readonly type: 'stock'; readonly items: readonly ItemLeft[] }
  /** What this till sold most in the last weeks, the most sold first, whole. The same all day. */
  | { readonly type: 'popular'; readonly itemIds: readonly string[] }
  /**
   * Open orders, and those closed in this business day within the last hour. `reset`: this is all
   * of them; else these have changed. An order that is to be forgotten stands in `gone`.
   */
  | {
      readonly type: 'orders'
      readonly reset: boolean
      readonly orders: readonly ShownOrder[]
      readonly gone: readonly string[]
    }
  /**
   * Which of the orders are saved on a second device as well. `reset`: this is all of them; else
   * these have changed. Of an order that is named nowhere, no other device is known to have all.
   */
  | {
      readonly type: 'saved'
      readonly reset: boolean
      readonly onTwo: readonly string[]
      readonly onlyHere: readonly string[]
    }
  /** What somebody has to look at, whole, whenever it changed. */
  | { readonly type: 'alerts'; readonly alerts: readonly Alert[] }
  | { readonly type: 'status'; readonly status: DeviceStatus }
  | { readonly type: 'signedIn'; readonly staff: SignedIn | null }
  | { readonly type: 'answer'; readonly callId: number; readonly ok: true; readonly value: unknown }
  | {
      readonly type: 'answer'
      readonly callId: number
      readonly ok: false
      readonly error: ScreenRejection
      /** One plain sentence for the person at the screen. */
      readonly message: string
    }

/**
 * A catalog as JSON: per kind a list of `[id, value]`. In the place of staff's PIN
 * hashes stands how many digits to ask for, and the
 * data keys, wrapped as they are, are no screen's business.
 */
export type WireCatalog = {
  readonly [K in RecordKind]: readonly (readonly [string, RecordValue<K>])[]
}

export function catalogToWire(catalog: Catalog): WireCatalog {
  const wire = Object.fromEntries(
    RECORD_KINDS.map((kind) => [kind, [...catalog[kind]]]),
  ) as unknown as WireCatalog
  const hidden = { data_key: [], key_wrap: [], pin_renewal: [] }
  return {
    ...wire,
    ...hidden,
    staff: wire.staff.map(([staffId, s]) => {
      const hash = pinHashOf(catalog, staffId)
      return [staffId, { ...s, pinHash: hash === null ? null : String(pinDigitsOf(hash)) }]
    }),
  }
}

/** What is known of the device and its neighbours, sent once a second and after each change. */
export interface DeviceStatus {
  /** The terminal's wall clock when it said this. A screen that hears nothing for 2 s says so. */
  readonly nowMs: number
  readonly deviceId: string
  readonly origin: string
  readonly entriesHere: number
  readonly peers: readonly PeerStatus[]
  readonly upstream: UpstreamStatus
  /** This device was removed from the store, and has heard of it: no other speaks with it. */
  readonly revoked: boolean
  /**
   * Since when no connected device of the store holds all that this one wrote; null: one does, or
   * there is no other. What is lost with this device now is lost.
   */
  readonly aloneSinceMs: number | null
  /** Who has to wait after wrong PINs, by the terminal's clock; null: everybody but managers. */
  readonly signInLocks: readonly SignInLock[]
  /** A card terminal belongs to it. */
  readonly takesCards: boolean
  /** Entries that this version of the program could not read (rule L4). */
  readonly unreadable: number
  /** Entries held back because two of them claim one number (rule L2). */
  readonly quarantined: number
  /** What a person has to settle (rule F4). */
  readonly conflicts: number
  /** What removed devices wrote after their removal, or nobody knew at it. */
  readonly lateEntries: readonly LateEntries[]
  /** The printers that this device prints on. */
  readonly printers: readonly PrinterState[]
}

export interface SignInLock {
  readonly staffId: string | null
  readonly untilMs: number
}

/** A part of a removed device's log that waits for a manager's word. */
export interface LateEntries extends LateRange {
  readonly deviceName: string
  /** The orders that it touched, in the order in which it did: the first of them. */
  readonly orders: readonly { readonly id: string; readonly number: string }[]
  /** Kinds of reference data that it changed. */
  readonly recordKinds: readonly RecordKind[]
  /** Entries beyond those that were looked into. */
  readonly unread: number
}

export interface PeerStatus {
  readonly deviceId: string
  readonly name: string
  readonly role: 'terminal' | 'kitchen' | 'central'
  readonly connected: boolean
  /** Null: not since this process started. */
  readonly lastHeardMs: number | null
  /** Entries that we hold and it has not acknowledged; null while unknown. */
  readonly theyLack: number | null
  /** Entries that it holds and we lack; null while unknown. */
  readonly weLack: number | null
  /** Its clock minus ours, from the round trips; null while unknown. */
  readonly driftMs: number | null
}

export interface UpstreamStatus {
  readonly configured: boolean
  readonly connected: boolean
  /** Entries here that the centre has not acknowledged; null while it has never answered. */
  readonly backlog: number | null
  /** When the oldest of them was written; null: there is none, or nobody knows. */
  readonly waitingSinceMs: number | null
  readonly lastContactMs: number | null
  readonly lastError: string | null
}
