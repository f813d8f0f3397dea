import type { PreparationTimes } from '../../db/postgres/office/preparation.ts'
import type { PreparationReport } from '../../protocol/office/preparation.ts'
import { byHourOfDay, rangeToRest, type ReportContext } from './report-context.ts'

/** How long the kitchen takes. */
export async function readPreparation(context: ReportContext): Promise<PreparationReport> {
  const { source, store } = context
  const stations = await source.records('station')
  const lateAfter = new Map([...stations].map(([id, station]) => [id, station.lateAfterSeconds]))
  const rows = await source.preparationTimes(lateAfter)
  const all = rows.find((row) => row.station_id === null && row.hour === null)
  const byHour = rows.flatMap((row) => (row.hour === null ? [] : [{ ...row, hour: row.hour }]))
  return {
    ...rangeToRest(context),
    all: timesToRest(all),
    by_station: rows.flatMap((row) => {
      if (row.station_id === null) return []
      const { station_id } = row
      const station = stations.get(station_id)
      return [
        {
          station_id,
          name: station?.name ?? station_id,
          ...timesToRest(row),
          late_after_seconds: station?.lateAfterSeconds ?? null,
          late: station === undefined ? null : row.late,
        },
      ]
    }),
    by_hour: byHourOfDay(byHour, (row) => row.hour, store).map((row) => ({
      hour: row.hour,
      ...timesToRest(row),
    })),
  }
}

const timesToRest = (row: PreparationTimes | undefined) => ({
  tickets: row?.tickets ?? 0,
  unmeasured: row?.unmeasured ?? 0,
  p50_seconds: row?.percentiles?.[0] ?? null,
  p90_seconds: row?.percentiles?.[1] ?? null,
  p99_seconds: row?.percentiles?.[2] ?? null,
  longest_seconds: row?.longest ?? null,
})
