import { formatTimeWithSeconds } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { describeSilentTills, LINK_SILENT_AFTER_MS } from '../ui/neighbours.ts'
import { useFromNow, useTerminalNow } from '../ui/use-now.ts'
import { useSilentSince } from '../ui/use-silence.ts'
import { say } from '../words/say.ts'

/** `terminal`: nothing of what is shown may be taken for current. `till`: orders may be missing. */
export type AlarmKind = 'terminal' | 'till'

export interface Alarms {
  readonly kind: AlarmKind
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

/** The kind alone, for who need not be built anew with each second of a silence. */
export function useAlarmKind(): AlarmKind | null {
  return useFromNow((terminalNowMs) => {
    const { heardAtMs, clockOffsetMs, status } = useLive.getState()
    const isSilent =
      heardAtMs !== null && terminalNowMs - clockOffsetMs - heardAtMs > LINK_SILENT_AFTER_MS
    if (isSilent || status?.revoked === true) return 'terminal'
    return describeSilentTills(status?.peers ?? [], terminalNowMs).length === 0 ? null : 'till'
  })
}
