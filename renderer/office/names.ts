import { useMemo } from 'react'
import { MAX_PAGE } from '../../protocol/limits.ts'
import { devicePage } from '../../protocol/rest/menu.ts'
import { allOf, useAnswer } from './answers.ts'
import { useRecordsOf } from './editing/records.ts'

const NAMES_EVERY_MS = 5 * 60_000

/** Who and where, of what a log says by ids: `staff:…`, `device:…` and the logs' own names. */
export interface Names {
  readonly person: (actor: string) => string
  /** The device that wrote a log; null: not known. */
  readonly device: (origin: string) => string | null
  readonly station: (id: string) => string
}

export function useNames(storeId: string): Names {
  const devices = useAnswer(
    allOf({
      path: '/api/v1/devices',
      query: { limit: String(MAX_PAGE) },
      storeId,
      schema: devicePage,
    }),
    NAMES_EVERY_MS,
  )
  const staff = useRecordsOf(storeId, 'staff')
  const stations = useRecordsOf(storeId, 'station')
  const list = devices.value?.data
  return useMemo(() => {
    const staffById = new Map(staff?.map(({ id, value }) => [id, value.name]))
    const stationsById = new Map(stations?.map(({ id, value }) => [id, value.name]))
    const devicesById = new Map(list?.map(({ id, name }) => [id, name]))
    return {
      person: (actor) => personOf(actor, staffById, devicesById),
      device: (origin) => list?.find((one) => one.origin === origin)?.name ?? null,
      station: (id) => stationsById.get(id) ?? id,
    }
  }, [list, staff, stations])
}

/** `staff:ID`, `device:ID`, `token:LABEL`, `office:…`: who an entry names as its author. */
export function personOf(
  actor: string,
  staffById: ReadonlyMap<string, string> = new Map(),
  devicesById: ReadonlyMap<string, string> = new Map(),
): string {
  const at = actor.indexOf(':')
  const kind = actor.slice(0, at)
  const id = actor.slice(at + 1)
  switch (kind) {
    case 'staff':
      return staffById.get(id) ?? 'Somebody no longer on the list'
    case 'device':
      return devicesById.get(id) ?? 'The device itself'
    case 'token':
      return `${id} (API)`
    case 'office':
      return 'Back office'
    default:
      return actor
  }
}
