import type { MemberDesk } from '../../../db/postgres/member-writes.ts'
import { STORE_RECORD_ID } from '../../../domain/catalog.ts'
import type { OrderCommand, Stamped } from '../../../domain/commands.ts'
import type { JournalEvent } from '../../../domain/journal.ts'
import type { OrderView } from '../../../domain/order-view.ts'
import type { Rejection } from '../../../domain/rejections.ts'
import type { Result } from '../../../domain/result.ts'

/**
 * Runs a command at the centre. Nobody stands there to tap "send": an online order whose channel may
 * pay later (rule S1) goes to the kitchen with its creation, in the same transaction. One that has to
 * be paid first goes there with its payment, as everywhere; one for later waits for the store.
 */
export async function placeOrder(
  desk: Pick<MemberDesk, 'execute' | 'catalog'>,
  stamped: Stamped<OrderCommand>,
  expectedVersion: number | undefined,
  { autoConfirm }: { readonly autoConfirm: boolean },
  lines: readonly JournalEvent[] = [],
): Promise<Result<OrderView, Rejection>> {
  const placed = await desk.execute(stamped, expectedVersion, lines)
  const { command } = stamped
  if (!placed.ok || !autoConfirm || command.type !== 'createOrder') return placed
  if (command.channel !== 'online' || command.scheduledFor !== null) return placed
  const { payLaterChannels = [] } = desk.catalog().store.get(STORE_RECORD_ID) ?? {}
  if (!payLaterChannels.includes('online') || placed.value.status !== 'pending') return placed
  const { orderId } = command
  // An id of its own that a repeat of the request draws again (rule L5).
  const sent = await desk.execute({
    ...stamped,
    id: `${stamped.id}.send`,
    command: { type: 'sendToKitchen', orderId },
  })
  return sent.ok ? sent : placed
}
