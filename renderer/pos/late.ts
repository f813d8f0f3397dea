import type { DeviceStatus, LateEntries } from '../../protocol/screens.ts'
import { say } from '../words/say.ts'

/** What removed devices wrote late, in plain words: pure. */

const NONE: readonly LateEntries[] = []

export const lateEntriesOf = (status: DeviceStatus | null): readonly LateEntries[] =>
  status?.lateEntries ?? NONE

export function lateTitle({ fromSeq, toSeq }: LateEntries): string {
  return say('till.lateCame', { count: toSeq - fromSeq + 1 })
}

/** What there is to look at, and what to do where it is not right. */
export function lateText({ recordKinds, unread }: LateEntries): string {
  const parts = [say('till.lateCounts')]
  if (recordKinds.length > 0) {
    const kinds = recordKinds.join(', ').replaceAll('_', ' ')
    parts.push(say('till.lateRecords', { kinds }))
  }
  if (unread > 0) parts.push(say('till.lateUnread', { n: unread }))
  parts.push(say('till.lateLook'))
  return parts.join(' ')
}
