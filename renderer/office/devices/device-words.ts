import type { OfficeDevice } from '../../../protocol/office/devices.ts'
import { countOf } from '../../ui/format.ts'

export const ROLE_NAMES: Record<NonNullable<OfficeDevice['role']>, string> = {
  terminal: 'Till',
  kitchen: 'Kitchen screen',
  central: 'Centre',
}

/** Green, where nothing at all is wanting. */
export const toneOf = (device: OfficeDevice): 'good' | 'warn' | 'off' => {
  if (device.behind && !device.removed) return 'warn'
  return stateOf(device) === ALL_HERE ? 'good' : 'off'
}

const ALL_HERE = 'All here'

export function stateOf({ removed, behind, missing_count: count, logs }: OfficeDevice): string {
  if (removed) return 'Removed'
  if (count > 0) return 'Behind'
  if (behind || logs.every((log) => log.held_up_to === 0)) return 'Nothing yet'
  return ALL_HERE
}

/** `12 entries: 4 311–4 322`, over all the logs that it wrote. */
export function missingText({
  missing_count: count,
  logs,
}: Pick<OfficeDevice, 'missing_count' | 'logs'>): string {
  if (count === 0) return 'nothing'
  const ranges = logs.flatMap(({ missing }) => {
    if (missing === null) return []
    return missing.from === missing.to
      ? String(missing.from)
      : `${String(missing.from)}–${String(missing.to)}`
  })
  return `${countOf(count, 'entry', 'entries')}: no. ${ranges.join(', ')}`
}
