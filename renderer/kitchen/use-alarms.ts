import { formatTimeWithSeconds } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { describeSilentTills } from '../ui/neighbours.ts'
import { useTerminalNow } from '../ui/use-now.ts'
import { useSilentSince } from '../ui/use-silence.ts'
import { say } from '../words/say.ts'

export interface Alarms {
  /** `terminal`: nothing of what is shown may be taken for current. */
  readonly kind: 'terminal' | 'till'
  readonly texts: readonly string[]
}

/** Why what is shown may be old, or a till's orders may be missing (rule K3); null: all is well. */
export function useAlarms(): Alarms | null {
  const status = useLive((live) => live.status)
  const nowMs = useTerminalNow()
  const silentSinceMs = useSilentSince()
  if (silentSinceMs !== null) {
    const time = formatTimeWithSeconds(silentSinceMs)
    return { kind: 'terminal', texts: [say('kitchen.cutOff', { time })] }
  }
  if (status?.revoked === true) return { kind: 'terminal', texts: [say('kitchen.removed')] }
  const texts = describeSilentTills(status?.peers ?? [], nowMs)
  return texts.length === 0 ? null : { kind: 'till', texts }
}
