import { useState, type ReactNode } from 'react'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { Button } from '../../ui/Button.tsx'
import { countOf } from '../../ui/format.ts'
import { newId } from '../../ui/new-id.ts'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { hrefOf } from '../route.ts'
import { draftKey, drafted, putInDraft, takeFromDraft, useDraft, type Drafted } from './drafts.ts'
import styles from './Editing.module.css'
import { KIND_NAMES } from './fields.ts'
import { titleOfRecord } from './record-title.ts'
import { useRecords, type Records, type FormKind } from './records.ts'
import { RecordForm } from './RecordForm.tsx'

interface RecordEditorProps {
  readonly store: StoreLine
  readonly kind: FormKind
  readonly title: string
  readonly about?: ReactNode
  readonly columns: (records: Records, currency: string) => readonly Column<Drafted>[]
  readonly sortBy?: { readonly id: string; readonly desc: boolean }
}

/** The records of one kind beside a form for one of them. What is changed gathers in the draft. */
export function RecordEditor({ store, kind, title, about, columns, sortBy }: RecordEditorProps) {
  const storeId = store.store_id
  const shown = useRecords(storeId)
  const { records } = shown
  const draft = useDraft(storeId)
  const [chosen, setChosen] = useState<string | null>(null)
  const count = Object.keys(draft).length
  const rows = records === null ? [] : drafted(records[kind], draft, kind)
  // The focus goes back to where the record was chosen.
  const close = () => {
    document.querySelector<HTMLElement>('tr[aria-current] button')?.focus()
    setChosen(null)
  }
  return (
    <Page
      title={title}
      {...(about !== undefined && { about })}
      from={shown}
      tools={
        <>
          <a className={styles['toDraft']} href={hrefOf({ storeId, path: ['changes'] })}>
            {count === 0
              ? 'Nothing in the draft'
              : `${countOf(count, 'change', 'changes')} in the draft: preview`}
          </a>
          <Button kind="accent" onPress={() => setChosen(newId())}>
            New {KIND_NAMES[kind].toLowerCase()}
          </Button>
        </>
      }
    >
      {records !== null && (
        <div className={styles['split']}>
          <Section title={title}>
            <DataTable
              caption={`${title}, with what the draft changes`}
              columns={[
                nameColumn(kind, setChosen),
                ...columns(records, store.currency),
                ...(rows.some(({ state }) => state !== 'as_is') ? [STATE_COLUMN] : []),
              ]}
              rows={rows}
              keyOf={({ id }) => id}
              filterLabel="Find"
              {...(sortBy !== undefined && { sortBy })}
              isSelected={({ id }) => id === chosen}
              toneOf={({ state }) =>
                state === 'removed' ? 'off' : state === 'as_is' ? undefined : 'warn'
              }
              none="There is none yet."
            />
          </Section>
          {chosen === null ? (
            <Section title={KIND_NAMES[kind]}>
              <p className={styles['hint']}>
                Choose one in the list, or make a new one. Nothing is changed before you have seen
                the preview.
              </p>
            </Section>
          ) : (
            <Panel
              key={`${chosen} ${String(draftKey(kind, chosen) in draft)}`}
              store={store}
              kind={kind}
              id={chosen}
              records={records}
              onClose={close}
            />
          )}
        </div>
      )}
    </Page>
  )
}

interface PanelProps {
  readonly store: StoreLine
  readonly kind: FormKind
  readonly id: string
  readonly records: Records
  readonly onClose: () => void
}

function Panel({ store, kind, id, records, onClose }: PanelProps) {
  const storeId = store.store_id
  const draft = useDraft(storeId)
  const rows = drafted(records[kind], draft, kind)
  const row = rows.find((one) => one.id === id) ?? null
  const isThere = row !== null && row.state !== 'new'
  const title =
    row === null ? `New ${KIND_NAMES[kind].toLowerCase()}` : titleOfRecord(kind, row.value)
  return (
    <Section title={title} tools={<Button onPress={onClose}>Close</Button>} onEscape={onClose}>
      {row?.state === 'removed' ? (
        <p className={styles['hint']}>It goes away with the draft.</p>
      ) : (
        <RecordForm
          kind={kind}
          value={row?.value ?? null}
          records={records}
          currency={store.currency}
          takesFocus
          onDraft={(value) =>
            putInDraft(storeId, { kind, id, value, title: titleOfRecord(kind, value) })
          }
        />
      )}
      <p role="status" className={styles['hint']}>
        {row !== null && row.state !== 'as_is' && `In the draft: ${STATE_NAMES[row.state]}`}
      </p>
      <div className={styles['panelButtons']}>
        {row !== null && row.state !== 'as_is' && (
          <Button onPress={() => takeFromDraft(storeId, { kind, id })}>Leave it as it was</Button>
        )}
        {isThere && row.state !== 'removed' && kind !== 'store' && (
          <Button
            kind="danger"
            onPress={() => putInDraft(storeId, { kind, id, value: null, title })}
          >
            Remove
          </Button>
        )}
      </div>
    </Section>
  )
}

const nameColumn = (kind: FormKind, choose: (id: string) => void): Column<Drafted> => ({
  id: 'name',
  header: kind === 'dining_table' ? 'Number' : 'Name',
  isHeading: true,
  value: ({ value }) => titleOfRecord(kind, value),
  show: ({ id, value }) => (
    <button type="button" className={styles['name']} onClick={() => choose(id)}>
      {titleOfRecord(kind, value)}
    </button>
  ),
})

const STATE_NAMES: Readonly<Record<Drafted['state'], string>> = {
  as_is: '',
  changed: 'Changed',
  new: 'New',
  removed: 'Goes away',
}

const STATE_COLUMN: Column<Drafted> = {
  id: 'state',
  header: 'Draft',
  value: ({ state }) => STATE_NAMES[state],
  show: ({ state }) =>
    state !== 'as_is' && <span className={styles['state']}>{STATE_NAMES[state]}</span>,
}
