import type { LineRequest, OpenCommand } from '../../domain/commands.ts'
import type { Channel } from '../../domain/catalog.ts'
import type { Resolution } from '../../domain/conflict-kinds.ts'
import type { Conflict } from '../../domain/conflicts.ts'
import type { Customer } from '../../domain/customer.ts'
import type { Language } from '../../domain/languages.ts'
import { courseOfCategory } from '../../domain/courses.ts'
import type { ServiceCharge } from '../../domain/events.ts'
import { isLive, type LineView, type ShownOrder } from '../../domain/order-view.ts'
import type { Split } from '../../domain/split-schema.ts'
import { priceNow } from '../../domain/sale-times.ts'
import type { StockRow } from '../../domain/stock-list.ts'
import type { PaidFor } from '../../domain/payments.ts'
import type {
  ErasedCustomer,
  FoundCustomer,
  LateEntries,
  ScreenCall,
  ShownDrawer,
  ShownReport,
  ShownPairingCode,
  ShownVouchers,
} from '../../protocol/screens.ts'
import type { SettingsRecord } from '../../protocol/settings.ts'
import type { Answer, Client } from '../ui/client.ts'
import { formatMoney, formatTime } from '../ui/format.ts'
import { receiveOrder, useLive } from '../ui/live-store.ts'
import { newId } from '../ui/new-id.ts'
import { currencyOf, settingsOf } from '../ui/settings.ts'
import { isSilentNow } from '../ui/use-silence.ts'
import { placeOf } from '../ui/words.ts'
import { say } from '../words/say.ts'
import type { AuditView } from './audit-words.ts'
import type { CardPlan } from './CardForm.tsx'
import { voucherHint } from '../../domain/voucher-code.ts'
import type { OtherPlan } from './OtherForm.tsx'
import { newVoucherCode, voucherIdOf } from './vouchers.ts'
import type { CashPlan } from './cash.ts'
import { explainFailure } from './explain.ts'
import { hasSendable } from './courses/next-course.ts'
import type { FloorRecord } from './floor/floor-draft.ts'
import { plainLineToGrow } from './modifiers.ts'
import { isOpen } from './open-orders.ts'
import { canGrow, lastLine, requestOf } from './ringing/repeat.ts'
import { offerUndo } from './ringing/undo.ts'
import { mustPayFirst } from './order-steps.ts'
import { lacksAddress } from './takeout/promises.ts'
import { waitsText } from './takeout/waits.ts'
import type { PutBackOffer, RefundOffer } from './settle.ts'
import {
  askApproval,
  goOnAfter,
  emptyDraft,
  notify,
  openOrder,
  openSheet,
  rememberSent,
  resetTill,
  startNewOrder,
  takeQuantity,
  useTill,
  type AskedApproval,
} from './store.ts'

type WithoutOrder<C> = C extends OpenCommand ? Omit<C, 'orderId'> : never
type OwnCommand = WithoutOrder<Exclude<OpenCommand, { type: 'createOrder' }>>

export type DrawerWish = Extract<ScreenCall, { type: 'drawer' }>['wish']

/** Which receipt of an order, and for whom. */
export type ReceiptChoice = Pick<Extract<ScreenCall, { type: 'printReceipt' }>, 'part' | 'language'>

export type ShiftCorrection = Omit<
  Extract<ScreenCall, { type: 'correctShift' }>,
  'type' | 'callId' | 'commandId'
>

export type VoucherWish = Extract<ScreenCall, { type: 'vouchers' }>['wish']

export type StaffChange = Omit<
  Extract<ScreenCall, { type: 'setStaff' }>,
  'type' | 'callId' | 'commandId'
>

export type StockWish = Extract<ScreenCall, { type: 'stock' }>['wish']

export type TillActions = ReturnType<typeof createTillActions>

interface Place {
  readonly channel?: Channel
  readonly table?: string | null
  readonly customer?: Customer | null
  readonly notes?: string | null
  readonly pager?: string | null
  /** Of an order that is there already. */
  readonly guests?: number | null
  readonly promisedFor?: string | null
  readonly scheduledFor?: string | null
  readonly overbook?: true
}

/** What the buttons of the till do. */
export function createTillActions(client: Client) {
  /**
   * Taps on items and places are worked off one after the other, so that each sees what the one
   * before made: the second tap finds the order of the first, the third finds the line to count up,
   * and a table that is tapped at once after the channel is not lost.
   */
  let lastTap: Promise<unknown> = Promise.resolve()

  const send = async (commandId: string, command: OpenCommand): Promise<Answer<ShownOrder>> => {
    const asked = await client.call('command', { commandId, command })
    const { orderId } = command
    const about = { orderId, about: orderNumberOf(orderId) }
    const answer = await withApproval(asked, about, (approvalId) =>
      client.call('command', { commandId, command, approvalId }),
    )
    if (answer === null) {
      notify(null)
      return asked
    }
    if (answer.ok) receiveOrder(answer.value)
    else notify({ tone: 'bad', text: explainFailure(answer.error, answer.message, currency()) })
    return answer
  }

  /**
   * Where a manager has to approve, the same is asked once more with the manager's word. Null: nobody
   * approved, and whoever asked knows that.
   */
  const withApproval = async <T>(
    asked: Answer<T>,
    about: Omit<AskedApproval, 'command'>,
    again: (approvalId: string) => Promise<Answer<T>>,
  ): Promise<Answer<T> | null> => {
    if (asked.ok || asked.error.code !== 'approval_required') return asked
    const approvalId = await askApproval({ command: asked.error.command, ...about })
    return approvalId === null ? null : again(approvalId)
  }

  /**
   * One command that must not run twice, on the order as the taps before it leave it: another tap
   * meanwhile does nothing.
   */
  const onCurrent = (command: OwnCommand): Promise<ShownOrder | null> =>
    onOrder(() => currentOrder()?.id ?? null, command)

  const onOrder = async (
    orderIdNow: () => string | null,
    command: OwnCommand,
  ): Promise<ShownOrder | null> => {
    if (useTill.getState().isBusy || refusesWhileSilent()) return null
    const commandId = newId()
    useTill.setState({ isBusy: true, notice: null })
    await lastTap
    const orderId = orderIdNow()
    const answer =
      orderId === null ? null : await send(commandId, { ...command, orderId } as OpenCommand)
    useTill.setState({ isBusy: false })
    return answer?.ok === true ? answer.value : null
  }

  const addLine = (line: LineRequest) => {
    if (refusesWhileSilent()) return
    const commandId = newId()
    const placed = { ...servicePlace(line.itemId), ...line }
    notify(null)
    lastTap = lastTap.then(() => sendLine(commandId, placed))
  }

  const sendLine = async (commandId: string, line: LineRequest) => {
    const order = currentOrder()
    if (order === null || !isOpen(order)) return createOrder(commandId, line)
    const same = isPlain(line) ? lineToGrow(order, line) : undefined
    const orderId = order.id
    if (same === undefined) return send(commandId, { type: 'addLines', orderId, lines: [line] })
    const quantity = same.quantity + line.quantity
    return send(commandId, { type: 'changeLine', orderId, lineId: same.id, quantity })
  }

  /** The last line once more, or as many of it as were typed before. */
  const repeatLast = () => {
    if (refusesWhileSilent()) return
    const commandId = newId()
    const quantity = takeQuantity()
    notify(null)
    lastTap = lastTap.then(() => sendRepeat(commandId, quantity))
  }

  const sendRepeat = async (commandId: string, quantity: number) => {
    const order = currentOrder()
    const line = lastLine(order)
    if (order === null || line === null) return
    const orderId = order.id
    if (canGrow(line)) {
      const more = { lineId: line.id, quantity: line.quantity + quantity }
      return send(commandId, { type: 'changeLine', orderId, ...more })
    }
    const lines = [requestOf(catalogNow(), line, quantity)]
    return send(commandId, { type: 'addLines', orderId, lines })
  }

  /** The same once more under a new number: a cancelled order stays one. */
  const bringBack = (before: ShownOrder) => {
    const [first, ...rest] = before.lines
      .filter(isLive)
      .map((l) => requestOf(catalogNow(), l, l.quantity))
    if (first === undefined) return
    const { channel, table, pager, notes } = before
    startNewOrder()
    useTill.setState(({ draft }) => ({
      sheet: null,
      draft: { ...draft, channel, table, pager, notes },
    }))
    for (const line of [first, ...rest]) addLine(line)
  }

  const changeSoon = (
    lineId: string,
    change: Omit<Extract<OwnCommand, { type: 'changeLine' }>, 'type' | 'lineId'>,
  ) => {
    if (refusesWhileSilent()) return
    const commandId = newId()
    notify(null)
    lastTap = lastTap.then(async () => {
      const order = currentOrder()
      if (order === null) return
      await send(commandId, { type: 'changeLine', orderId: order.id, lineId, ...change })
    })
  }

  const createOrder = async (commandId: string, line: LineRequest) => {
    const { channel, table, customer, promisedFor, scheduledFor, notes, pager } =
      useTill.getState().draft
    const orderId = newId()
    const answer = await send(commandId, {
      type: 'createOrder',
      orderId,
      channel,
      table: channel === 'dine_in' ? table : null,
      customerId: null,
      customer,
      locationId: null,
      scheduledFor,
      ...(promisedFor !== null && { promisedFor }),
      notes,
      ...(pager !== null && { pager }),
      lines: [line],
    })
    if (answer.ok) {
      useTill.setState({ orderId, found: null, draft: emptyDraft(), lastPaid: null })
    }
  }

  /** Before the first item the choice waits in the draft. */
  const place = async (commandId: string, change: Place): Promise<boolean> => {
    const { orderId } = useTill.getState()
    if (orderId === null) {
      const { overbook: _overbook, guests: _guests, ...choice } = change
      useTill.setState(({ draft }) => ({ draft: { ...draft, ...choice } }))
      return true
    }
    return (await send(commandId, { type: 'changeDetails', orderId, ...change })).ok
  }

  /** What goes to a printer: once for a tap, and a notice says what became of it. */
  const onPaper = async <T>(
    call: () => Promise<Answer<T> | null>,
    newsOf: (value: T) => string,
  ): Promise<boolean> => {
    if (useTill.getState().isBusy || refusesWhileSilent()) return false
    useTill.setState({ isBusy: true, notice: null })
    const answer = await call()
    useTill.setState({ isBusy: false })
    if (answer === null) return false
    notify(
      answer.ok
        ? { tone: 'good', text: newsOf(answer.value) }
        : { tone: 'bad', text: answer.message },
    )
    return answer.ok
  }

  return {
    signIn: (staffId: string, pin: string) => client.call('signIn', { staffId, pin }),

    /** A manager ends the wait of somebody, or of this till (null). */
    freeSignIn: (of: string | null, staffId: string, pin: string) =>
      client.call('freeSignIn', { commandId: newId(), of, staffId, pin }),

    setSettings: (records: readonly SettingsRecord[]) =>
      client.call('setSettings', { commandId: newId(), records: [...records] }),

    /** Null: it did not work, and a notice says why. */
    vouchers: async (wish: VoucherWish): Promise<ShownVouchers | null> => {
      const answer = await client.call('vouchers', { commandId: newId(), wish })
      const text = answer.ok ? '' : explainFailure(answer.error, answer.message, currency())
      notify(answer.ok ? null : { tone: 'bad', text })
      return answer.ok ? answer.value : null
    },

    setStaff: (change: StaffChange) => client.call('setStaff', { commandId: newId(), ...change }),

    /** The terminal is started anew then; the page finds it again by itself. */
    train: async (wish: 'begin' | 'end') => {
      const answer = await client.call('training', { wish })
      if (answer.ok) resetTill()
      else notify({ tone: 'bad', text: answer.message })
    },

    clock: (staffId: string, pin: string, wish: 'look' | 'in' | 'out') =>
      client.call('clock', { commandId: newId(), staffId, pin, wish }),

    /** False: it did not work, and a notice says why. */
    correctShift: async (correction: ShiftCorrection, name: string): Promise<boolean> => {
      const answer = await client.call('correctShift', { commandId: newId(), ...correction })
      notify(
        answer.ok
          ? { tone: 'good', text: say('front.hoursCorrected', { name }) }
          : { tone: 'bad', text: answer.message },
      )
      return answer.ok
    },

    /** Null: it could not be read, and a notice says why. */
    readAudit: async (view: AuditView, after: string | null) => {
      const answer = await client.call('readAudit', { view, after })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    approve: ({ command, orderId }: AskedApproval, staffId: string, pin: string) =>
      client.call('approve', { command, orderId, staffId, pin }),

    signOut: async () => {
      const answer = await client.call('signOut', {})
      if (answer.ok) resetTill()
      else notify({ tone: 'bad', text: answer.message })
    },

    addLine,

    repeatLast,

    changeLine: (lineId: string, line: LineRequest) =>
      onCurrent({
        type: 'changeLine',
        lineId,
        quantity: line.quantity,
        modifierIds: line.modifierIds,
        instructions: line.instructions,
      }),

    /** The order that the lines left; null: it did not work, and a notice says why. */
    moveLines: async (target: ShownOrder, lineIds: string[]): Promise<ShownOrder | null> => {
      const order = await onCurrent({ type: 'moveLines', toOrderId: target.id, lineIds })
      if (order === null) return null
      const to = { number: target.number, place: placeOf(target) }
      notify({ tone: 'good', text: say('news.moved', { count: lineIds.length, ...to }) })
      return order
    },

    /** True: everything is in the other order, which is in hand now. */
    mergeOrder: async (from: ShownOrder, target: ShownOrder): Promise<boolean> => {
      const merge = { type: 'mergeOrder', toOrderId: target.id } as const
      if ((await onOrder(() => from.id, merge)) === null) return false
      openOrder(target.id)
      const said = { order: from.number, target: target.number }
      notify({ tone: 'good', text: say('floor.merged', said) })
      return true
    },

    /** The order as it is split then, or whole (null); null: it did not work. */
    splitOrder: (split: Split | null) => onCurrent({ type: 'splitOrder', split }),

    /** False: it was not saved, and a notice says why. */
    saveFloor: async (records: FloorRecord[]): Promise<boolean> => {
      if (useTill.getState().isBusy || refusesWhileSilent()) return false
      useTill.setState({ isBusy: true, notice: null })
      const answer = await client.call('saveFloor', { commandId: newId(), records })
      useTill.setState({ isBusy: false })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok
    },

    /** What nobody has seen in the kitchen can be put back for a moment. */
    voidLine: async (lineId: string, reason: string | null): Promise<ShownOrder | null> => {
      const line = currentOrder()?.lines.find(({ id }) => id === lineId)
      const order = await onCurrent({ type: 'voidLine', lineId, reason })
      if (order !== null && line?.fired === false && line.combo === null) {
        offerUndo(say('lines.removed', { name: line.name }), order, () => {
          if (useTill.getState().orderId === order.id)
            addLine(requestOf(catalogNow(), line, line.quantity))
        })
      }
      return order
    },

    /** Made and served for nothing; null takes that back. */
    compLine: (lineId: string, reason: string | null) =>
      onCurrent({ type: 'compLine', lineId, reason }),

    setServiceCharge: (charge: ServiceCharge | null, reason: string | null) =>
      onCurrent({ type: 'setServiceCharge', charge, reason }),

    /** One tap over a counter: all that is due, and the next order is open. */
    payExactCash: async (): Promise<void> => {
      const due = currentOrder()?.totals.dueMinor ?? 0
      if (due <= 0) return
      const order = await onCurrent({
        type: 'takePayment',
        method: 'cash',
        amountMinor: due,
        tipMinor: 0,
        tenderedMinor: due,
      })
      if (order === null) return
      if (order.tickets.length > 0) rememberSent(order.id)
      goOnAfter(order, 0)
    },

    setPlace: (change: Place): Promise<boolean> => {
      if (useTill.getState().orderId !== null && refusesWhileSilent()) return Promise.resolve(false)
      const commandId = newId()
      notify(null)
      const placed = lastTap.then(() => place(commandId, change))
      lastTap = placed
      return placed
    },

    /** What leads away from the order in hand waits for the taps on it, or they would go to another. */
    afterTaps: (go: () => void) => {
      lastTap = lastTap.then(() => go())
    },

    /** Whose it is, or when it comes. Taps are worked off one after the other, as those on items. */
    placeLine: (lineId: string, place: Pick<LineView, 'seat'> | Pick<LineView, 'course'>) => {
      changeSoon(lineId, place)
    },

    /** What is special of a line that is open in a sheet: it counts at once. */
    changeSoon,

    holdCourse: (course: number) => onCurrent({ type: 'holdCourse', course }),

    fireCourse: async (course: number, name: string) => {
      const order = await onCurrent({ type: 'fireCourse', course })
      if (order === null) return
      rememberSent(order.id)
      const text = say('floor.fired', { course: name, order: order.number })
      if (hasSendable(order)) notify({ tone: 'good', text })
      else leaveOrder(order.id, text)
    },

    /** What came from outside gets its time, and goes to the kitchen where it may be paid later. */
    acceptOrder: async (order: ShownOrder, promisedMs: number) => {
      const promisedFor = new Date(promisedMs).toISOString()
      const accepted = await onOrder(() => order.id, { type: 'changeDetails', promisedFor })
      if (accepted === null) return
      const { catalog } = useLive.getState()
      const settings = catalog && settingsOf(catalog)
      const maySend =
        accepted.status === 'pending' && !mustPayFirst(accepted, settings ?? undefined)
      if (maySend) await onOrder(() => order.id, { type: 'sendToKitchen' })
      notify({
        tone: 'good',
        text: say('front.accepted', { number: order.number, time: formatTime(promisedMs) }),
      })
    },

    refuseOrder: async (order: ShownOrder, reason: string) => {
      const refused = await onOrder(() => order.id, { type: 'cancelOrder', reason })
      if (refused !== null)
        notify({ tone: 'good', text: say('front.refused', { number: order.number }) })
    },

    sendToKitchen: async () => {
      const before = currentOrder()
      if (before !== null && lacksAddress(before)) {
        openSheet({ kind: 'customer' })
        return notify({ tone: 'bad', text: say('front.addressMissing') })
      }
      // For later, and waiting for its time already: whoever sends it again wants it now.
      const isEarly = before?.status === 'confirmed' && before.scheduledFor !== null
      const order = await onCurrent({ type: 'sendToKitchen', ...(isEarly && { early: true }) })
      if (order === null) return
      const waits = waitsText(order)
      if (waits !== null) return leaveOrder(order.id, waits)
      rememberSent(order.id)
      leaveOrder(order.id, say('news.sent', { number: order.number, place: placeOf(order) }))
    },

    /** The order as it is once paid; null: it did not work, and a notice says why. */
    payCash: async (plan: CashPlan, paidFor: PaidFor | null): Promise<ShownOrder | null> => {
      const before = currentOrder()
      const order = await onCurrent({
        type: 'takePayment',
        method: 'cash',
        amountMinor: plan.amountMinor,
        tipMinor: plan.tipMinor,
        tenderedMinor: plan.tenderedMinor,
        ...(paidFor !== null && { paidFor }),
      })
      const wasSent = order !== null && order.tickets.length > (before?.tickets.length ?? 0)
      if (wasSent) rememberSent(order.id)
      return order
    },

    /** The order with what its terminal is asked for; null: it did not work. */
    payCard: (plan: CardPlan, paidFor: PaidFor | null): Promise<ShownOrder | null> =>
      onCurrent({
        type: 'takePayment',
        method: 'card',
        ...plan,
        tenderedMinor: null,
        ...(paidFor !== null && { paidFor }),
      }),

    payOther: async (
      { kind, amountMinor, reference }: OtherPlan,
      paidFor: PaidFor | null,
    ): Promise<ShownOrder | null> =>
      onCurrent({
        type: 'takePayment',
        method: kind === 'marketplace' ? 'external' : 'voucher',
        amountMinor,
        tipMinor: 0,
        tenderedMinor: null,
        ...(kind === 'gift_voucher' ? { voucherId: await voucherIdOf(reference) } : { reference }),
        ...(paidFor !== null && { paidFor }),
      }),

    /** Answers with the code: nobody can look it up again. */
    sellVoucher: async (amountMinor: number): Promise<string | null> => {
      const code = newVoucherCode()
      const voucherId = await voucherIdOf(code)
      const hint = voucherHint(code)
      const order = await onCurrent({ type: 'sellVoucher', voucherId, hint, amountMinor })
      return order === null ? null : code
    },

    cancelCard: (intentId: string) => onCurrent({ type: 'cancelPayment', intentId }),

    /** A manager's word for a card of which the terminal does not say what became. */
    settleCard: async (orderId: string, intentId: string, as: 'taken' | 'not_taken') => {
      const reason = say(as === 'taken' ? 'reason.slip' : 'reason.noSlip')
      const settle = { type: 'settlePayment', intentId, as, reason } as const
      const order = await onOrder(() => orderId, settle)
      if (order !== null)
        notify({ tone: 'good', text: say('news.settled', { number: order.number }) })
    },

    /** Parts per million of the order; null takes it back. */
    setDiscount: async (
      ratePpm: number | null,
      reason: string | null,
    ): Promise<ShownOrder | null> => {
      const before = currentOrder()?.discount ?? null
      const order = await onCurrent({
        type: 'setDiscount',
        discount: ratePpm === null ? null : { kind: 'percent', ratePpm },
        reason,
      })
      if (order !== null) {
        const back = before?.discount ? before : { discount: null, reason: null }
        offerUndo(say('lines.discountSet'), order, () => {
          void onOrder(() => order.id, { type: 'setDiscount', ...back })
        })
      }
      return order
    },

    cancel: async (reason: string) => {
      const before = currentOrder()
      const order = await onCurrent({ type: 'cancelOrder', reason })
      if (order === null) return
      if (before !== null && canBringBack(before)) {
        offerUndo(say('lines.discarded', { number: order.number }), null, () => bringBack(before))
      }
      const isPaid = order.totals.paidMinor > 0
      if (isPaid) openOrder(order.id)
      else leaveOrder(order.id, say('news.cancelled', { number: order.number }))
    },

    complete: async () => {
      const order = await onCurrent({ type: 'completeOrder' })
      if (order !== null) leaveOrder(order.id, say('news.handedOver', { number: order.number }))
    },

    refund: (paymentId: string, amountMinor: number, reason: string) =>
      onCurrent({ type: 'refundPayment', paymentId, amountMinor, reason }),

    refundOn: async (orderId: string, { paymentId, amountMinor, reason }: RefundOffer) => {
      const refund = { type: 'refundPayment', paymentId, amountMinor, reason } as const
      const order = await onOrder(() => orderId, refund)
      if (order === null) return
      const amount = formatMoney(amountMinor, order.currency)
      const payment = order.payments.find(({ id }) => id === paymentId)
      const way = payment?.method === 'card' ? 'news.backToCard' : 'news.backInCash'
      notify({ tone: 'good', text: say(way, { number: order.number, amount }) })
    },

    putBack: async (orderId: string, { lineIds, toOrderId, toNumber }: PutBackOffer) => {
      const move = { type: 'moveLines' as const, toOrderId, lineIds: [...lineIds] }
      const order = await onOrder(() => orderId, move)
      if (order !== null)
        notify({ tone: 'good', text: say('news.putBack', { number: order.number, to: toNumber }) })
    },

    settle: async (orderId: string, { kind, facts }: Conflict, resolution: Resolution) => {
      const settle = { type: 'settleConflict', kind, resolution, note: null } as const
      const order = await onOrder(() => orderId, { ...settle, facts: [...facts] })
      if (order !== null)
        notify({ tone: 'good', text: say('news.settled', { number: order.number }) })
    },

    acceptLate: async ({ deviceName, origin, toSeq }: LateEntries) => {
      if (refusesWhileSilent()) return
      const call = { commandId: newId(), origin, upTo: toSeq }
      const answer = await client.call('acceptLateEntries', call)
      const text = say('news.lateAccepted', { device: deviceName })
      notify(answer.ok ? { tone: 'good', text } : { tone: 'bad', text: answer.message })
    },

    acknowledgeAlert: async (alertId: string) => {
      if (refusesWhileSilent()) return
      const answer = await client.call('acknowledgeAlert', { commandId: newId(), alertId })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
    },

    /** None where they could not be asked for, and a notice says why. */
    findCustomers: async (phone: string): Promise<readonly FoundCustomer[]> => {
      const answer = await client.call('findCustomers', { phone })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : []
    },

    /** Null: it did not work, and a notice says why. */
    eraseCustomer: async (customerId: string): Promise<ErasedCustomer | null> => {
      if (refusesWhileSilent()) return null
      const answer = await client.call('eraseCustomer', { commandId: newId(), customerId })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    setAvailability: async (itemId: string, isAvailable: boolean) => {
      if (refusesWhileSilent()) return
      const answer = await client.call('setAvailability', {
        commandId: newId(),
        itemId,
        available: isAvailable,
      })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
    },

    /** What stands in front of all categories. */
    setFavourites: async (itemIds: readonly string[]) => {
      if (refusesWhileSilent()) return
      const call = { commandId: newId(), itemIds: [...itemIds] }
      const answer = await client.call('setFavourites', call)
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
    },

    /** Null: it did not work, and a notice says why. */
    drawer: async (wish: DrawerWish): Promise<ShownDrawer | null> => {
      if (useTill.getState().isBusy || refusesWhileSilent()) return null
      useTill.setState({ isBusy: wish.kind !== 'look', notice: null })
      const answer = await client.call('drawer', { commandId: newId(), wish })
      useTill.setState({ isBusy: false })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    /** Null: it did not work, and a notice says why. */
    stock: async (wish: StockWish): Promise<readonly StockRow[] | null> => {
      if (useTill.getState().isBusy || refusesWhileSilent()) return null
      useTill.setState({ isBusy: wish.kind !== 'look', notice: null })
      const answer = await client.call('stock', { commandId: newId(), wish })
      useTill.setState({ isBusy: false })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    /** Null: it did not work, and a notice says why. */
    readReport: async (day: string | null): Promise<ShownReport | null> => {
      const answer = await client.call('readReport', { day })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    printReport: (kind: 'x' | 'z', day: string) =>
      onPaper(
        () => client.call('printReport', { commandId: newId(), kind, day }),
        () => say(kind === 'x' ? 'news.printsX' : 'news.printsZ'),
      ),

    /** Null: it did not work, and a notice says why. */
    showPairingCode: async (): Promise<ShownPairingCode | null> => {
      if (refusesWhileSilent()) return null
      const answer = await client.call('showPairingCode', {})
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    /** False: it did not work, and a notice says why. */
    renameDevice: async (deviceId: string, name: string): Promise<boolean> => {
      const answer = await client.call('renameDevice', { commandId: newId(), deviceId, name })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok
    },

    revokeDevice: async (deviceId: string): Promise<boolean> => {
      if (refusesWhileSilent()) return false
      const answer = await client.call('revokeDevice', { commandId: newId(), deviceId })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok
    },

    /** Null: it could not be had, and a notice says why. */
    previewReceipt: async (orderId: string, of: ReceiptChoice = {}) => {
      const answer = await client.call('previewReceipt', { orderId, ...of })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    printReceipt: async (order: ShownOrder, of: ReceiptChoice = {}): Promise<boolean> => {
      const wish = { commandId: newId(), orderId: order.id, ...of }
      const call = () => client.call('printReceipt', wish)
      return onPaper(call, ({ isDuplicate }) =>
        say(isDuplicate ? 'news.duplicate' : 'news.toPrinter', { number: order.number }),
      )
    },

    copySlips: (orderId: string): Promise<boolean> =>
      onPaper(
        () => client.call('copySlips', { commandId: newId(), orderId }),
        ({ slips }) => say('order.slipsPrinted', { count: slips }),
      ),

    setOwnLanguage: async (language: Language) => {
      if (refusesWhileSilent()) return
      const answer = await client.call('setOwnLanguage', { commandId: newId(), language })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
    },

    testPrinter: (printerId: string, name: string): Promise<boolean> =>
      onPaper(
        () => client.call('testPrinter', { commandId: newId(), printerId }),
        () => say('news.testPage', { name }),
      ),

    openDrawer: (reason: string): Promise<boolean> =>
      onPaper(
        async () => {
          const call = { commandId: newId(), reason }
          const asked = await client.call('openDrawer', call)
          const again = (approvalId: string) => client.call('openDrawer', { ...call, approvalId })
          return withApproval(asked, { orderId: null, about: null }, again)
        },
        () => say('news.drawerOpens'),
      ),

    findOrders: (query: string) => client.call('findOrders', { query, limit: 50 }),
    readPicture: (pictureId: string) => client.call('readPicture', { pictureId }),
  }
}

const orderNumberOf = (orderId: string): string | null =>
  useLive.getState().ordersById.get(orderId)?.number ?? null

const catalogNow = () => useLive.getState().catalog

function currency(): string {
  const { catalog } = useLive.getState()
  return catalog === null ? 'USD' : currencyOf(catalog)
}

/** Makes room for the next guest, unless the screen shows another order by now. */
function leaveOrder(orderId: string, news: string) {
  const notice = { tone: 'good', text: news } as const
  if (useTill.getState().orderId === orderId) startNewOrder(notice)
  else notify(notice)
}

/** The order on the screen: the live one, else the one that a search found. */
export function currentOrder(): ShownOrder | null {
  const { orderId, found } = useTill.getState()
  if (orderId === null) return null
  return useLive.getState().ordersById.get(orderId) ?? found
}

export function useCurrentOrder(): ShownOrder | null {
  const orderId = useTill((till) => till.orderId)
  const found = useTill((till) => till.found)
  const live = useLive((l) => (orderId === null ? undefined : l.ordersById.get(orderId)))
  return orderId === null ? null : (live ?? found)
}

/**
 * A broken connection asks for the PIN again. The same person finds the order in hand as it was;
 * for another one the till starts clean.
 */
export function resetOnHandover() {
  let lastStaffId: string | null = null
  useLive.subscribe(({ signedIn }) => {
    if (signedIn === null || signedIn.staffId === lastStaffId) return
    if (lastStaffId !== null) resetTill()
    lastStaffId = signedIn.staffId
  })
}

/** Nothing of it has left the till, and no money is on it. */
const canBringBack = (order: ShownOrder): boolean =>
  order.totals.paidMinor === 0 &&
  order.customer === null &&
  order.lines.every((line) => !line.fired && line.combo === null)

const isPlain = (line: LineRequest): boolean =>
  line.modifierIds.length === 0 &&
  line.instructions === null &&
  line.picks === undefined &&
  line.open === undefined

/** Of what is rung up now: whose it is, and with which course it comes. At a table alone. */
function servicePlace(itemId: string): Pick<LineRequest, 'seat' | 'course'> {
  const { draft, seat, course } = useTill.getState()
  const { channel, table } = currentOrder() ?? draft
  const { catalog } = useLive.getState()
  if (channel !== 'dine_in' || table === null || catalog === null) return {}
  const { categoryId } = catalog.menu_item.get(itemId) ?? catalog.combo.get(itemId) ?? {}
  const own = categoryId === undefined ? null : courseOfCategory(catalog, categoryId)
  const courseNow = course ?? own
  return { ...(seat !== null && { seat }), ...(courseNow !== null && { course: courseNow }) }
}

/** A line keeps its price: what costs something else by now is a line of its own. */
function lineToGrow(order: ShownOrder, { itemId, seat, course }: LineRequest) {
  const { catalog, clockOffsetMs } = useLive.getState()
  const item = catalog?.menu_item.get(itemId)
  if (catalog === null || item === undefined) return undefined
  const occasion = { channel: order.channel, atMs: Date.now() + clockOffsetMs }
  const { priceMinor } = priceNow(catalog, { id: itemId, ...item }, occasion)
  const place = { seat: seat ?? null, course: course ?? null }
  return plainLineToGrow(order.lines, itemId, priceMinor, place)
}

/** Taps that nobody would hear are refused at once, rather than done later without being seen. */
function refusesWhileSilent(): boolean {
  if (!isSilentNow()) return false
  notify({
    tone: 'bad',
    text: say('news.notConnected'),
  })
  return true
}
