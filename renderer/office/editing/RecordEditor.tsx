import { useMemo, useState, type ReactNode } from 'react'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { Button } from '../../ui/Button.tsx'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { wordsOf } from '../stores.ts'
import { drafted, putInDraft, takeFromDraft, useDraft, type Drafted } from './drafts.ts'
import type { BesideProps, ColumnsOf } from './columns.tsx'
import { DraftLink } from './DraftLink.tsx'
import styles from './Editing.module.css'
import { KIND_NAMES } from './fields.ts'
import { useRecords, type Records, type FormKind } from './records.ts'
import { RecordForm } from './RecordForm.tsx'
import {
  hasSubjects,
  isInDraft,
  newRecordId,
  rowsOf,
  titleOfRecord,
  withDraft,
} from './subjects.ts'

interface RecordEditorProps {
  readonly store: StoreLine
  readonly kind: FormKind
  readonly title: string
  readonly about?: ReactNode
  readonly columns: ColumnsOf
  readonly beside?: (props: BesideProps) => ReactNode
  readonly sortBy?: { readonly id: string; readonly desc: boolean }
}

/** The records of one kind beside a form for one of them. What is changed gathers in the draft. */
export function RecordEditor(props: RecordEditorProps) {
  const { store, kind, title, about, columns, beside, sortBy } = props
  const storeId = store.store_id
  const shown = useRecords(storeId)
  const draft = useDraft(storeId)
  // What is new in the draft can be chosen in the next form already.
  const records = useMemo(
    () => (shown.records === null ? null : withDraft(shown.records, draft)),
    [shown.records, draft],
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const rows =
    shown.records === null || records === null
      ? []
      : drafted(rowsOf(kind, shown.records, records), draft, kind)
  const nextId = newRecordId(kind, rows)
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
          <DraftLink storeId={storeId} />
          {!hasSubjects(kind) && (
            <Button kind="accent" isDisabled={nextId === null} onPress={() => setChosen(nextId)}>
              New {KIND_NAMES[kind].toLowerCase()}
            </Button>
          )}
        </>
      }
    >
      {records !== null && (
        <div className={styles['split']} data-wide={WIDE_KINDS.has(kind)}>
          <Section title={title}>
            <DataTable
              caption={`${title}, with what the draft changes`}
              columns={[
                nameColumn(kind, records, setChosen),
                ...columns({ records, words: wordsOf(store) }),
                ...(rows.some(({ state }) => isDrafted(state)) ? [STATE_COLUMN] : []),
              ]}
              rows={rows}
              keyOf={({ id }) => id}
              filterLabel="Find"
              {...(sortBy !== undefined && { sortBy })}
              isSelected={({ id }) => id === chosen}
              toneOf={({ state }) =>
                state === 'removed' ? 'off' : isDrafted(state) ? 'warn' : undefined
              }
              none="There is none yet."
            />
          </Section>
          {chosen === null ? (
            <Section title={KIND_NAMES[kind]}>
              <p className={styles['hint']}>
                Choose one in the list{hasSubjects(kind) ? '' : ', or make a new one'}. Nothing is
                changed before you have seen the preview.
              </p>
            </Section>
          ) : (
            <Panel
              key={`${chosen} ${String(isInDraft(draft, kind, chosen))}`}
              store={store}
              kind={kind}
              id={chosen}
              row={rows.find(({ id }) => id === chosen) ?? null}
              records={records}
              {...(shown.records !== null &&
                beside !== undefined && {
                  beside: (rowTitle: string) =>
                    beside({
                      store,
                      id: chosen,
                      title: rowTitle,
                      records: shown.records as Records,
                    }),
                })}
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
  /** Null: a new one, of which the draft knows nothing yet. */
  readonly row: Drafted | null
  readonly records: Records
  readonly beside?: (title: string) => ReactNode
  readonly onClose: () => void
}

function Panel({ store, kind, id, row, records, beside, onClose }: PanelProps) {
  const storeId = store.store_id
  const isThere = row !== null && row.state !== 'new' && row.state !== 'none'
  const titleOf = (value: Drafted['value']) => titleOfRecord(kind, id, value, records)
  const title = row === null ? `New ${KIND_NAMES[kind].toLowerCase()}` : titleOf(row.value)
  return (
    <Section title={title} tools={<Button onPress={onClose}>Close</Button>} onEscape={onClose}>
      {row?.state === 'removed' ? (
        <p className={styles['hint']}>It goes away with the draft.</p>
      ) : (
        <RecordForm
          kind={kind}
          id={id}
          value={row?.value ?? null}
          records={records}
          currency={store.currency}
          takesFocus
          onDraft={(value) => putInDraft(storeId, { kind, id, value, title: titleOf(value) })}
        />
      )}
      {row !== null && row.state !== 'removed' && beside?.(title)}
      <p role="status" className={styles['hint']}>
        {row !== null && isDrafted(row.state) && `In the draft: ${STATE_NAMES[row.state]}`}
      </p>
      <div className={styles['panelButtons']}>
        {row !== null && isDrafted(row.state) && (
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

const nameColumn = (
  kind: FormKind,
  records: Records,
  choose: (id: string) => void,
): Column<Drafted> => ({
  id: 'name',
  header: kind === 'dining_table' ? 'Number' : 'Name',
  isHeading: true,
  value: ({ id, value }) => titleOfRecord(kind, id, value, records),
  show: ({ id, value }) => (
    <button type="button" className={styles['name']} onClick={() => choose(id)}>
      {titleOfRecord(kind, id, value, records)}
    </button>
  ),
})

const isDrafted = (state: Drafted['state']): boolean => state !== 'as_is' && state !== 'none'

/** Their forms have rows in them. */
const WIDE_KINDS: ReadonlySet<FormKind> = new Set([
  'modifier_group',
  'combo',
  'price_level',
  'sale_times',
  'item_details',
  'item_recipe',
  'modifier_recipe',
])

const STATE_NAMES: Readonly<Record<Drafted['state'], string>> = {
  as_is: '',
  none: '',
  changed: 'Changed',
  new: 'New',
  removed: 'Goes away',
}

const STATE_COLUMN: Column<Drafted> = {
  id: 'state',
  header: 'Draft',
  value: ({ state }) => STATE_NAMES[state],
  show: ({ state }) =>
    isDrafted(state) && <span className={styles['state']}>{STATE_NAMES[state]}</span>,
}
