import type { Channel } from '../../../domain/catalog.ts'
import type { LineRequest } from '../../../domain/commands.ts'
import { courseOfCategory } from '../../../domain/courses.ts'
import type { Customer } from '../../../domain/customer.ts'
import { isLive, type LineView, type ShownOrder } from '../../../domain/order-view.ts'
import { priceNow } from '../../../domain/sale-times.ts'
import { useLive } from '../../ui/live-store.ts'
import { newId } from '../../ui/new-id.ts'
import { currentOrder } from '../current-order.ts'
import { plainLineToGrow } from '../modifiers.ts'
import { isOpen } from '../open-orders.ts'
import { canGrow, lastLine, requestOf } from '../ringing/repeat.ts'
import { emptyDraft, notify, startNewOrder, takeQuantity, useTill } from '../store.ts'
import { catalogNow, refusesWhileSilent, type Asking, type OwnCommand } from './asking.ts'

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

export type Ringing = ReturnType<typeof createRinging>

/** What is tapped one after the other, and fast: items, places, and what is special of a line. */
export function createRinging({ inTurn, send }: Asking) {
  const addLine = (line: LineRequest) => {
    if (refusesWhileSilent()) return
    const commandId = newId()
    const placed = { ...servicePlace(line.itemId), ...line }
    notify(null)
    void inTurn(() => sendLine(commandId, placed))
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
    void inTurn(() => sendRepeat(commandId, quantity))
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
    void inTurn(async () => {
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

  return {
    addLine,

    repeatLast,

    bringBack,

    /** What is special of a line that is open in a sheet: it counts at once. */
    changeSoon,

    setPlace: (change: Place): Promise<boolean> => {
      if (useTill.getState().orderId !== null && refusesWhileSilent()) return Promise.resolve(false)
      const commandId = newId()
      notify(null)
      return inTurn(() => place(commandId, change))
    },

    /** What leads away from the order in hand waits for the taps on it, or they would go to another. */
    afterTaps: (go: () => void) => {
      void inTurn(go)
    },

    /** Whose it is, or when it comes. Taps are worked off one after the other, as those on items. */
    placeLine: (lineId: string, place: Pick<LineView, 'seat'> | Pick<LineView, 'course'>) => {
      changeSoon(lineId, place)
    },
  }
}

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
