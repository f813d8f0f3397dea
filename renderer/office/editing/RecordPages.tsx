import type { StoreLine } from '../../../protocol/office/overview.ts'
import { useUser } from '../session.ts'
import { number, written, type Part } from './columns.tsx'
import type { Drafted } from './drafts.ts'
import { EditedParts } from './EditedParts.tsx'
import { STAFF_ROLE_NAMES } from './fields.ts'
import { RecordEditor } from './RecordEditor.tsx'
import { SingleRecord } from './SingleRecord.tsx'

interface OfStore {
  readonly store: StoreLine
}

export const StaffPage = ({ store }: OfStore) => (
  <RecordEditor
    store={store}
    kind="staff"
    title="Staff"
    about="Who signs in at this store’s tills, and what they may do"
    columns={() => [
      {
        id: 'role',
        header: 'Role',
        value: ({ value }) => STAFF_ROLE_NAMES[value['role'] as keyof typeof STAFF_ROLE_NAMES],
      },
      { id: 'pin', header: 'PIN', value: pinText },
    ]}
  />
)

function pinText({ value }: Drafted): string {
  if (value['pin'] === null) return 'none'
  if (typeof value['pin'] === 'string') return 'a new one'
  return value['has_pin'] === true ? 'set' : 'none'
}

const SEATING: Readonly<Record<string, Part>> = {
  tables: {
    kind: 'dining_table',
    name: 'Tables',
    columns: (of) => [written('dining_table', 'room', 'Room', of), number('seats', 'Seats')],
  },
  rooms: {
    kind: 'room',
    name: 'Rooms',
    columns: ({ records }) => [
      {
        id: 'tables',
        header: 'Tables',
        isNumber: true,
        value: ({ id }) => records.dining_table.filter(({ value }) => value.room === id).length,
      },
      number('position', 'Position'),
    ],
  },
}

export const TablesPage = ({ store }: OfStore) => (
  <EditedParts store={store} path="tables" title="Tables and rooms" parts={SEATING} />
)

const MESSAGES: Readonly<Record<string, Part>> = {
  messages: {
    kind: 'message_text',
    name: 'Messages',
    columns: () => [
      { id: 'subject', header: 'Subject', value: ({ value }) => String(value['subject']) },
      { id: 'text', header: 'Text', value: ({ value }) => String(value['text']) },
    ],
  },
}

/** What there is one of: the store itself is an admin's, what it says to guests a manager's too. */
export function SettingsPage({ store }: OfStore) {
  const isAdmin = useUser().role === 'admin'
  const of = (
    kind: 'store' | 'pacing' | 'receipt_text',
    path: string,
    name: string,
    title: string,
  ) => ({
    path,
    name,
    kind,
    page: (
      <SingleRecord key={kind} store={store} kind={kind} title={title} about="Store settings" />
    ),
  })
  return (
    <EditedParts
      store={store}
      path="settings"
      title="Store settings"
      parts={MESSAGES}
      others={[
        ...(isAdmin ? [of('store', 'store', 'Store', 'Store settings')] : []),
        of('pacing', 'promises', 'Promises', 'Promises to guests'),
        of('receipt_text', 'receipts', 'Receipts', 'Text on receipts'),
      ]}
    />
  )
}
