import type { DeviceStatus, LateEntries } from '../../protocol/screens.ts'

/** What removed devices wrote late, in plain words: pure. */

const NONE: readonly LateEntries[] = []

export const lateEntriesOf = (status: DeviceStatus | null): readonly LateEntries[] =>
  status?.lateEntries ?? NONE

export function lateTitle({ fromSeq, toSeq }: LateEntries): string {
  const count = toSeq - fromSeq + 1
  const changes = count === 1 ? '1 change came' : `${count} changes came`
  return `Removed, and ${changes} from it all the same`
}

/** What there is to look at, and what to do where it is not right. */
export function lateText({ recordKinds, unread }: LateEntries): string {
  const parts = ['Written after the removal, or not yet known at it. All of it counts.']
  if (recordKinds.length > 0) {
    parts.push(`It changed the store’s data: ${recordKinds.join(', ').replaceAll('_', ' ')}.`)
  }
  if (unread > 0) parts.push(`${unread} more are not looked into here.`)
  parts.push('Look at the orders; what is wrong is voided or refunded as always.')
  return parts.join(' ')
}
