import { STORE_RECORD_ID } from '../../../domain/catalog.ts'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { Page, Section } from '../parts/Page.tsx'
import { hrefOf } from '../route.ts'
import { draftKey, drafted, putInDraft, takeFromDraft, useDraft, type Drafted } from './drafts.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './Editing.module.css'
import { STAFF_ROLE_NAMES } from './fields.ts'
import { RecordEditor } from './RecordEditor.tsx'
import { RecordForm } from './RecordForm.tsx'
import { useRecords } from './records.ts'

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

export const TablesPage = ({ store }: OfStore) => (
  <RecordEditor
    store={store}
    kind="dining_table"
    title="Tables"
    about="Rooms and seats"
    columns={() => [
      { id: 'room', header: 'Room', value: ({ value }) => value['room'] as string },
      {
        id: 'seats',
        header: 'Seats',
        isNumber: true,
        value: ({ value }) => value['seats'] as number,
      },
    ]}
  />
)

/** The one record of the store itself. */
export function SettingsPage({ store }: OfStore) {
  const storeId = store.store_id
  const shown = useRecords(storeId)
  const draft = useDraft(storeId)
  const { records } = shown
  const row = records === null ? undefined : drafted(records.store, draft, 'store')[0]
  const isDrafted = draftKey('store', STORE_RECORD_ID) in draft
  return (
    <Page
      title="Store settings"
      from={shown}
      tools={
        <a className={styles['toDraft']} href={hrefOf({ storeId, path: ['changes'] })}>
          {isDrafted ? 'In the draft: preview' : 'Nothing in the draft'}
        </a>
      }
    >
      {records !== null && (
        <Section title="Settings">
          <div className={styles['settings']}>
            <RecordForm
              key={String(isDrafted)}
              kind="store"
              value={row?.value ?? null}
              records={records}
              currency={store.currency}
              onDraft={(value) =>
                putInDraft(storeId, {
                  kind: 'store',
                  id: STORE_RECORD_ID,
                  value,
                  title: 'Store settings',
                })
              }
            />
            {isDrafted && (
              <Button
                onPress={() => takeFromDraft(storeId, { kind: 'store', id: STORE_RECORD_ID })}
              >
                Leave them as they were
              </Button>
            )}
          </div>
        </Section>
      )}
    </Page>
  )
}
