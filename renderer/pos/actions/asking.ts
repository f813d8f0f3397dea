import type { OpenCommand } from '../../../domain/commands.ts'
import type { ShownOrder } from '../../../domain/order-view.ts'
import type { Answer, Client } from '../../ui/client.ts'
import { receiveOrder, useLive } from '../../ui/live-store.ts'
import { newId } from '../../ui/new-id.ts'
import { currencyOf } from '../../ui/settings.ts'
import { isSilentNow } from '../../ui/use-silence.ts'
import { say } from '../../words/say.ts'
import { currentOrder } from '../current-order.ts'
import { explainFailure } from '../explain.ts'
import { askApproval, clearQuantity, notify, useTill, type AskedApproval } from '../store.ts'

type WithoutOrder<C> = C extends OpenCommand ? Omit<C, 'orderId'> : never
export type OwnCommand = WithoutOrder<Exclude<OpenCommand, { type: 'createOrder' }>>

export type Asking = ReturnType<typeof createAsking>

/** How the buttons of the till ask its terminal: in turn, once, and with a manager's word where it takes one. */
export function createAsking(client: Client) {
  /**
   * Taps on items and places are worked off one after the other, so that each sees what the one
   * before made: the second tap finds the order of the first, the third finds the line to count up,
   * and a table that is tapped at once after the channel is not lost.
   */
  let lastTap: Promise<unknown> = Promise.resolve()

  /** What went wrong with one tap is told by it, and keeps no other from its turn. */
  const isLast = (work: Promise<unknown>): void => {
    lastTap = work.catch(() => undefined)
  }

  const inTurn = <T>(tap: () => T | Promise<T>): Promise<T> => {
    const done = lastTap.then(tap)
    isLast(done)
    return done
  }

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
  const onCurrent = (command: OwnCommand, before = lastTap): Promise<ShownOrder | null> =>
    onOrder(() => currentOrder()?.id ?? null, command, before)

  const onOrder = async (
    orderIdNow: () => string | null,
    command: OwnCommand,
    before = lastTap,
  ): Promise<ShownOrder | null> => {
    if (useTill.getState().isBusy || refusesWhileSilent()) return null
    const commandId = newId()
    useTill.setState({ isBusy: true, notice: null })
    await before
    const orderId = orderIdNow()
    const answer =
      orderId === null ? null : await send(commandId, { ...command, orderId } as OpenCommand)
    useTill.setState({ isBusy: false })
    return answer?.ok === true ? answer.value : null
  }

  /**
   * What ends with the next guest is in turn as taps on items are: what is tapped until the answer is
   * here waits for it, and is the next guest's. `before`: the taps that it waits for itself.
   */
  const leading = (go: (before: Promise<unknown>) => Promise<void>): Promise<void> => {
    const before = lastTap
    clearQuantity()
    const done = go(before)
    isLast(Promise.all([before, done]))
    return done
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

  return { client, inTurn, send, withApproval, onCurrent, onOrder, leading, onPaper }
}

const orderNumberOf = (orderId: string): string | null =>
  useLive.getState().ordersById.get(orderId)?.number ?? null

export const catalogNow = () => useLive.getState().catalog

export function currency(): string {
  const { catalog } = useLive.getState()
  return catalog === null ? 'USD' : currencyOf(catalog)
}

/** Taps that nobody would hear are refused at once, rather than done later without being seen. */
export function refusesWhileSilent(): boolean {
  if (!isSilentNow()) return false
  notify({
    tone: 'bad',
    text: say('news.notConnected'),
  })
  return true
}
