import { pathOf, PREPARATION_PATH } from '../../../protocol/office/paths.ts'
import { preparationReport, type PreparationReport } from '../../../protocol/office/preparation.ts'
import { questionOf, useAnswer } from '../answers.ts'
import { formatShare, formatSpan } from '../format.ts'
import { Chart } from '../parts/Chart.tsx'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { Tiles } from '../parts/Tiles.tsx'
import { ExportLinks, fileName } from './ExportLinks.tsx'
import { RangePicker } from './RangePicker.tsx'
import type { ReportProps } from './report-props.ts'
import styles from './Reports.module.css'
import { daysText } from './SalesPage.tsx'

type Times = PreparationReport['all']
type Station = PreparationReport['by_station'][number]
type Hour = PreparationReport['by_hour'][number]

/** How long the kitchen takes, from sending a ticket until it is put away. */
export function PreparationPage({ store, range, preset, today }: ReportProps) {
  const call = {
    path: pathOf(PREPARATION_PATH, { store_id: store.store_id }),
    query: { ...range },
    schema: preparationReport,
  }
  const answer = useAnswer(questionOf(call))
  const report = answer.value
  return (
    <Page
      title="Preparation times"
      about={daysText(range)}
      from={answer}
      tools={
        <ExportLinks of={call} name={fileName(store.name, 'preparation', range.from, range.to)} />
      }
      controls={
        <div className={styles['bar']}>
          <RangePicker range={range} preset={preset} today={today} />
        </div>
      }
    >
      {report !== null && (
        <>
          <Tiles label="All stations" tiles={tilesOf(report.all)} />
          <Section title="By station">
            <DataTable
              caption="Preparation times by station"
              columns={STATION_COLUMNS}
              rows={report.by_station}
              keyOf={({ station_id }) => station_id}
              toneOf={({ late }) => (late !== null && late > 0 ? 'warn' : undefined)}
              none="No ticket was put away in this range."
            />
          </Section>
          <Section title="By hour" about="Nine of ten tickets were ready within this time">
            <Chart
              name="9 of 10 within"
              points={report.by_hour.map(({ hour, p90_seconds }) => ({
                key: hour,
                label: `${hour}:00`,
                value: p90_seconds ?? 0,
              }))}
              format={formatSpan}
              formatAxis={formatSpan}
            />
            <DataTable
              caption="Preparation times by the hour of sending"
              columns={HOUR_COLUMNS}
              rows={report.by_hour}
              keyOf={({ hour }) => hour}
              none="No ticket was put away in this range."
            />
          </Section>
        </>
      )}
    </Page>
  )
}

const tilesOf = (all: Times) => [
  { name: 'Half within', value: spanOf(all.p50_seconds) },
  { name: '9 of 10 within', value: spanOf(all.p90_seconds) },
  { name: '99 of 100 within', value: spanOf(all.p99_seconds) },
  { name: 'Longest', value: spanOf(all.longest_seconds) },
  {
    name: 'Tickets',
    value: all.tickets,
    note: all.unmeasured === 0 ? undefined : `${String(all.unmeasured)} not measured`,
  },
]

const spanOf = (seconds: number | null): string => (seconds === null ? '–' : formatSpan(seconds))

const span = <Row extends Times>(
  id: string,
  header: string,
  read: (row: Row) => number | null,
): Column<Row> => ({
  id,
  header,
  isNumber: true,
  value: read,
  show: (row) => spanOf(read(row)),
})

const timeColumns = <Row extends Times>(): readonly Column<Row>[] => [
  { id: 'tickets', header: 'Tickets', isNumber: true, value: ({ tickets }) => tickets },
  span('p50', 'Half within', (row) => row.p50_seconds),
  span('p90', '9 of 10', (row) => row.p90_seconds),
  span('p99', '99 of 100', (row) => row.p99_seconds),
  span('longest', 'Longest', (row) => row.longest_seconds),
]

const STATION_COLUMNS: readonly Column<Station>[] = [
  { id: 'name', header: 'Station', isHeading: true, value: ({ name }) => name },
  ...timeColumns<Station>(),
  {
    id: 'limit',
    header: 'Late after',
    isNumber: true,
    isMinor: true,
    value: (row) => row.late_after_seconds,
    show: (row) => spanOf(row.late_after_seconds),
  },
  {
    id: 'late',
    header: 'Late',
    isNumber: true,
    value: ({ late }) => late,
    show: ({ late, tickets }) =>
      late === null ? '–' : `${String(late)} (${formatShare(late, tickets)})`,
  },
]

const HOUR_COLUMNS: readonly Column<Hour>[] = [
  { id: 'hour', header: 'Hour', isHeading: true, value: ({ hour }) => `${hour}:00` },
  ...timeColumns<Hour>(),
]
