import { useMemo } from 'react'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { Button } from '../../ui/Button.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { drafted, putInDraft, takeFromDraft, useDraft } from './drafts.ts'
import { DraftLink } from './DraftLink.tsx'
import styles from './Editing.module.css'
import { RecordForm } from './RecordForm.tsx'
import { SINGLE_IDS, useRecords, type SingleKind } from './records.ts'
import { isInDraft, withDraft } from './subjects.ts'

interface SingleRecordProps {
  readonly store: StoreLine
  readonly kind: SingleKind
  readonly title: string
  readonly about?: string
  /** What counts as long as nobody has said anything. */
  readonly ifNone?: Readonly<Record<string, unknown>>
}

/** The one record of a kind that describes the store as a whole. */
export function SingleRecord({ store, kind, title, about, ifNone }: SingleRecordProps) {
  const storeId = store.store_id
  const id = SINGLE_IDS[kind]
  const shown = useRecords(storeId)
  const draft = useDraft(storeId)
  const records = useMemo(
    () => (shown.records === null ? null : withDraft(shown.records, draft)),
    [shown.records, draft],
  )
  const row = shown.records === null ? undefined : drafted(shown.records[kind], draft, kind)[0]
  const isDrafted = isInDraft(draft, kind, id)
  return (
    <Page
      title={title}
      {...(about !== undefined && { about })}
      from={shown}
      tools={<DraftLink storeId={storeId} />}
    >
      {records !== null && (
        <Section title={title}>
          <div className={styles['settings']}>
            <RecordForm
              key={String(isDrafted)}
              kind={kind}
              id={id}
              value={row?.value ?? ifNone ?? null}
              records={records}
              currency={store.currency}
              onDraft={(value) => putInDraft(storeId, { kind, id, value, title })}
            />
            {isDrafted && (
              <Button onPress={() => takeFromDraft(storeId, { kind, id })}>
                Leave it as it was
              </Button>
            )}
          </div>
        </Section>
      )}
    </Page>
  )
}
