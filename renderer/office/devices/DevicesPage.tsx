import { useMemo } from 'react'
import { officeDevices, type OfficeDevice } from '../../../protocol/office/devices.ts'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { OFFICE_DEVICES_PATH, pathOf } from '../../../protocol/office/paths.ts'
import { countOf } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { questionOf, useAnswer } from '../answers.ts'
import { formatAgo, formatSpan } from '../format.ts'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { ExportLinks, fileName } from '../reports/ExportLinks.tsx'
import { wordsOf } from '../stores.ts'
import { missingText, ROLE_NAMES, stateOf, toneOf } from './device-words.ts'
import styles from './Devices.module.css'

const EVERY_MS = 15_000
const MINUTE_MS = 60_000

/** What the centre holds of each device, and what it knows to be missing (rule U2). */
export function DevicesPage({ store }: { readonly store: StoreLine }) {
  const call = {
    path: pathOf(OFFICE_DEVICES_PATH, { store_id: store.store_id }),
    schema: officeDevices,
  }
  const answer = useAnswer(questionOf(call), EVERY_MS)
  const minute = Math.floor(useNow() / MINUTE_MS)
  const columns = useMemo(() => columnsAt(minute * MINUTE_MS, store), [minute, store])
  const { data = [], quarantined = 0, unreadable = 0 } = answer.value ?? {}
  return (
    <Page
      title="Devices"
      about={store.name}
      from={answer}
      tools={<ExportLinks of={call} name={fileName(store.name, 'devices')} />}
    >
      {quarantined > 0 && (
        <p className={styles['trouble']} role="status">
          {countOf(quarantined, 'entry is', 'entries are')} kept aside, because another one has the
          same number. Support should look at it; nothing is lost.
        </p>
      )}
      {unreadable > 0 && (
        <p className={styles['trouble']} role="status">
          The centre cannot read {countOf(unreadable, 'event', 'events')} that a newer device wrote.
          It needs an update; until then they are kept and not shown.
        </p>
      )}
      <Section title="What has arrived of each device">
        <DataTable
          caption="Devices with last contact, lag and what is missing"
          columns={columns}
          rows={data}
          keyOf={({ device_id, logs }) => device_id ?? logs[0]?.origin ?? ''}
          toneOf={(device) => (device.removed ? 'off' : device.behind ? 'warn' : undefined)}
          none="No device of this store has brought anything yet."
        />
        <p className={styles['note']}>
          Any device with internet brings what all of them wrote, so one that was never in contact
          itself may be all right.
        </p>
      </Section>
    </Page>
  )
}

const columnsAt = (nowMs: number, store: StoreLine): readonly Column<OfficeDevice>[] => {
  const words = wordsOf(store)
  const ago = (at: string | null) =>
    at === null ? (
      'never'
    ) : (
      <time dateTime={at} title={words.exactly(at)}>
        {formatAgo(nowMs - Date.parse(at))}
      </time>
    )
  return [
    {
      id: 'name',
      header: 'Device',
      isHeading: true,
      value: ({ name }) => name ?? 'Not on the roster',
    },
    { id: 'code', header: 'Code', value: ({ code }) => code },
    {
      id: 'role',
      header: 'Kind',
      value: ({ role }) => (role === null ? null : ROLE_NAMES[role]),
    },
    {
      id: 'state',
      header: 'State',
      value: stateOf,
      show: (device) => (
        <span className={styles['state']} data-tone={toneOf(device)}>
          {stateOf(device)}
        </span>
      ),
    },
    {
      id: 'contact',
      header: 'Last contact',
      value: (device) => device.last_contact_at,
      show: (device) => ago(device.last_contact_at),
    },
    {
      id: 'made',
      header: 'Last entry',
      value: newestOf,
      show: (device) => ago(newestOf(device)),
    },
    {
      id: 'lag',
      header: 'Lag',
      isNumber: true,
      value: (device) => device.lag_seconds,
      show: (device) => (device.lag_seconds === null ? '–' : formatSpan(device.lag_seconds)),
    },
    {
      id: 'missing',
      header: 'Missing',
      value: (device) => device.missing_count,
      show: (device) => missingText(device),
    },
  ]
}

const newestOf = ({ logs }: OfficeDevice): string | null =>
  logs
    .flatMap((log) => log.newest_made_at ?? [])
    .toSorted()
    .at(-1) ?? null
