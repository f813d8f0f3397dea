import type { LocalSettings } from './local-settings.ts'

/** The origin that this device writes, and all that it ever wrote. */
export interface OwnOrigins {
  readonly origin: string
  readonly ownOrigins: readonly string[]
}

export function readOrigins(local: LocalSettings): OwnOrigins {
  const origin = local.require('origin')
  const all = local.get('own_origins')
  return { origin, ownOrigins: all === null ? [origin] : (JSON.parse(all) as string[]) }
}

/** None in a file that is no device's yet. */
export const writtenHere = (local: LocalSettings): readonly string[] =>
  local.get('origin') === null ? [] : readOrigins(local).ownOrigins

/** From now on this device writes another origin, and no number of the one before (rule L6). */
export function takeFreshOrigin(local: LocalSettings, newId: () => string): OwnOrigins {
  const origin = newId()
  const ownOrigins = [...readOrigins(local).ownOrigins, origin]
  local.set('origin', origin)
  local.set('own_origins', JSON.stringify(ownOrigins))
  return { origin, ownOrigins }
}
